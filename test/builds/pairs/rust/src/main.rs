fn main() {
    println!("relay is up");
}
