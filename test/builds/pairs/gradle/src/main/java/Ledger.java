class Ledger {
  public static void main(String[] args) {
    System.out.println("The ledger is balanced.");
  }
}
