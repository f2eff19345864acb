package org.sessionregistry.sample;

import java.util.Set;

/** The payment service as the demonstration server plays it: a few rules, a few milliseconds. */
final class PaymentsService implements Service {
  private static final Set<String> INVOICE_COUNTRIES = Set.of("AT", "CH", "DE", "NL");
  private static final long CARD_LIMIT = 250_000;
  private static final long VOUCHER_VALUE = 5_000;

  @Override
  public Reply answer(Call call) {
    String json = call.body();
    String order = Json.member(json, "order").orElse("");
    String cents = Json.member(json, "cents").orElse("");
    if (order.isEmpty() || !cents.matches("\\d{1,12}") || !call.path().equals("/payments")) {
      return Reply.json(400, Json.object("reason", "not a payment"), 0);
    }
    String refusal =
        refusal(
            Json.member(json, "method").orElse(""),
            Long.parseLong(cents),
            Json.member(json, "country").orElse(""));
    int millis = 3 + Math.floorMod(order.hashCode(), 6);
    return refusal.isEmpty()
        ? Reply.json(201, Json.object("payment", "p-" + order, "status", "accepted"), millis)
        : Reply.json(402, Json.object("status", "refused", "reason", refusal), millis);
  }

  /** Why a payment is refused, empty when it is not. */
  private static String refusal(String method, long cents, String country) {
    return switch (method) {
      case "card" -> cents > CARD_LIMIT ? "over the card's limit" : "";
      case "wallet" -> "";
      case "voucher" -> cents > VOUCHER_VALUE ? "the voucher does not cover it" : "";
      case "invoice" -> INVOICE_COUNTRIES.contains(country) ? "" : "no invoice to this country";
      default -> "no such way to pay";
    };
  }
}
