package org.sessionregistry.sample;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.CompletableFuture;
import org.sessionregistry.ClientSession;
import org.sessionregistry.cdi.SessionName;

/**
 * Has a slow service print an invoice for every paid order. Its session has two connections, so
 * most requests spend most of their time in the session's queue; nothing here has to care.
 */
@ApplicationScoped
public class Reports {
  static final String SESSION = "reports";

  @Inject
  @SessionName("reports")
  ClientSession session;

  @Inject Latencies latencies;

  /** Sends an invoice's text and gets the printed form back. */
  public CompletableFuture<byte[]> print(Order order, Product product, Money amount) {
    String invoice = Invoice.text(order, product, amount);
    return latencies.timed(
        SESSION,
        () ->
            session
                .post("/reports")
                .query("order", order.id())
                .body(invoice)
                .sendAsync()
                .thenCompose(
                    response ->
                        response
                            .bytesAsync()
                            .thenApply(
                                printed -> {
                                  if (response.status() != 201) {
                                    throw new UnexpectedAnswerException(
                                        SESSION, response.status(), printed.length + " bytes");
                                  }
                                  return printed;
                                })));
  }
}
