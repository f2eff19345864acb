package org.sessionregistry.sample;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.sessionregistry.ClientSession;
import org.sessionregistry.RequestBody;
import org.sessionregistry.cdi.SessionName;

/** Asks for the customer's money, over a session that never makes a request wait. */
@ApplicationScoped
public class Payments {
  static final String SESSION = "payments";

  @Inject
  @SessionName("payments")
  ClientSession session;

  @Inject Latencies latencies;

  /**
   * What came of it.
   *
   * @param accepted whether the money is ours
   * @param reason why not; empty when it is
   */
  public record Decision(boolean accepted, String reason) {}

  /** Charges an order. A refusal is a decision; anything unexpected fails the future. */
  public CompletableFuture<Decision> charge(Order order, Money amount) {
    String payment =
        Json.object(
            "order", order.id(),
            "customer", order.customer(),
            "cents", amount.cents(),
            "country", order.country(),
            "method", order.paidBy());
    return latencies.timed(
        SESSION,
        () ->
            session
                .post("/payments")
                .body(RequestBody.ofText(payment, "application/json", StandardCharsets.UTF_8))
                .sendAsync()
                .thenCompose(
                    response ->
                        response.textAsync().thenApply(json -> decision(response.status(), json))));
  }

  private static Decision decision(int status, String json) {
    return switch (status) {
      case 201 -> new Decision(true, "");
      case 402 -> new Decision(false, Json.member(json, "reason").orElse("no reason given"));
      default -> throw new UnexpectedAnswerException(SESSION, status, json);
    };
  }
}
