final class Texts {
  static final String LOST = "order of {} is lost";

  private Texts() {}
}
