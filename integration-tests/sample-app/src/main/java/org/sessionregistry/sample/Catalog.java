package org.sessionregistry.sample;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.sessionregistry.ClientSession;
import org.sessionregistry.Response;
import org.sessionregistry.cdi.SessionName;

/**
 * Asks the catalog for products. API key, language and the visitor's cookie are the session's
 * business: nothing of them is seen here.
 */
@ApplicationScoped
public class Catalog {
  static final String SESSION = "catalog";

  @Inject
  @SessionName("catalog")
  ClientSession session;

  @Inject Latencies latencies;

  /**
   * Enters the shop, which gives this visitor a cookie; without it there are no products. The
   * blocking form: there is nothing else to do meanwhile.
   */
  public String enter() throws IOException, InterruptedException {
    long start = System.nanoTime();
    try (Response response = session.get("/welcome").send()) {
      String greeting = response.text();
      latencies.note(SESSION, start);
      if (response.status() != 200) {
        throw new UnexpectedAnswerException(SESSION, response.status(), greeting);
      }
      return greeting;
    }
  }

  /** Looks a product up; empty when there is none of that number. */
  public CompletableFuture<Optional<Product>> find(String sku) {
    return latencies.timed(
        SESSION,
        () ->
            session
                .get("/products/{sku}")
                .path("sku", sku)
                .sendAsync()
                .thenCompose(
                    response ->
                        response.textAsync().thenApply(json -> product(response.status(), json))));
  }

  private static Optional<Product> product(int status, String json) {
    if (status == 404) {
      return Optional.empty();
    }
    Optional<Product> product =
        Json.member(json, "sku")
            .flatMap(
                sku ->
                    Json.member(json, "name")
                        .flatMap(
                            name ->
                                Json.member(json, "cents")
                                    .map(
                                        c ->
                                            new Product(sku, name, new Money(Long.parseLong(c))))));
    if (status != 200 || product.isEmpty()) {
      throw new UnexpectedAnswerException(SESSION, status, json);
    }
    return product;
  }
}
