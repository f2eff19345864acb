package org.sessionregistry.sample;

/**
 * What became of an order.
 *
 * @param order the order
 * @param outcome the kind of end it came to
 * @param amount what it is worth; nothing when its product is unknown
 * @param reason why it was rejected or failed, else empty; the same for orders of the same fate
 * @param detail what is to be said about this very order, else empty
 */
public record Handled(Order order, Outcome outcome, Money amount, String reason, String detail) {

  /** The ends that an order can come to. */
  public enum Outcome {
    /** Paid, and its invoice printed. */
    PAID("paid"),
    /** Refused: by the payment service, or by us because nothing was ordered. */
    REJECTED("rejected"),
    /** The catalog has no such product. */
    UNKNOWN_PRODUCT("unknown product"),
    /** A request failed or was answered with something unexpected. */
    FAILED("failed");

    private final String text;

    Outcome(String text) {
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  static Handled paid(Order order, Money amount) {
    return new Handled(order, Outcome.PAID, amount, "", "");
  }

  static Handled rejected(Order order, Money amount, String reason) {
    return new Handled(order, Outcome.REJECTED, amount, reason, "");
  }

  static Handled unknownProduct(Order order) {
    return new Handled(order, Outcome.UNKNOWN_PRODUCT, Money.NONE, "", "");
  }

  static Handled failed(Order order, Throwable cause) {
    String message = cause.getMessage();
    return new Handled(
        order,
        Outcome.FAILED,
        Money.NONE,
        cause.getClass().getSimpleName(),
        message == null ? "" : message);
  }
}
