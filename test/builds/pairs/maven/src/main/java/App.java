class App {
  public static void main(String[] args) {
    System.out.println("The shop is open.");
  }
}
