package org.sessionregistry.sample;

/** The text of an invoice, a few kilobytes: a line for every piece, and what the law wants. */
final class Invoice {
  private static final String TERMS =
      """
      The goods stay ours until they are paid for. You may send them back within fourteen days of
      the day on which you, or a third party named by you who is not the carrier, took possession
      of the last of them. Tell us by letter or electronic mail; a form is not needed. We pay back
      what we received, including delivery, without delay and by the means that you used to pay.
      Packaging can be given back wherever goods of its kind are sold. Please keep this invoice for
      two years.
      """;

  private Invoice() {}

  static String text(Order order, Product product, Money amount) {
    StringBuilder text = new StringBuilder(2048);
    text.append("Invoice ").append(order.id()).append("\n\n");
    text.append(order.customer()).append(", ").append(order.country()).append("\n\n");
    for (int piece = 1; piece <= order.quantity(); piece++) {
      text.append(piece)
          .append(". ")
          .append(product.name())
          .append(" (")
          .append(product.sku())
          .append("), serial ")
          .append(order.id())
          .append('-')
          .append(piece)
          .append(", ")
          .append(product.price())
          .append('\n');
    }
    text.append("\nTotal ").append(amount).append(", paid by ").append(order.paidBy());
    return text.append("\n\n").append(TERMS).toString();
  }
}
