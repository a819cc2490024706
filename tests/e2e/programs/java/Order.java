final class Order {
  private final String owner;

  Order(String owner) {
    this.owner = owner;
  }

  String owner() {
    return owner;
  }

  @Override
  public String toString() {
    return "Order(owner=" + owner + ")";
  }
}
