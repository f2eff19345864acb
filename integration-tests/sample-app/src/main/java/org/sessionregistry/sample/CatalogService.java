package org.sessionregistry.sample;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The catalog as the demonstration server plays it: it wants an API key, gives a visitor a cookie
 * at {@code /welcome} and shows products only to those who bring it back.
 */
final class CatalogService implements Service {
  private static final String PRODUCTS = "/products/";

  private final Map<String, Product> products =
      CsvResource.products().stream().collect(Collectors.toMap(Product::sku, Function.identity()));
  private final AtomicInteger visitors = new AtomicInteger();

  @Override
  public Reply answer(Call call) {
    if (!call.headers().contains("X-Api-Key")) {
      return Reply.json(401, Json.object("reason", "no X-Api-Key"), 0);
    }
    if (call.path().equals("/welcome")) {
      int visitor = visitors.incrementAndGet();
      String language = call.cookies().getOrDefault("language", "any language");
      return Reply.text(200, "welcome, visitor " + visitor + ", to our shop in " + language, 1)
          .withCookie("visitor=v" + visitor + "; Path=/; HttpOnly");
    }
    if (!call.cookies().containsKey("visitor")) {
      return Reply.json(403, Json.object("reason", "no visitor cookie"), 0);
    }
    String sku = call.path().startsWith(PRODUCTS) ? call.path().substring(PRODUCTS.length()) : "";
    int millis = 1 + Math.floorMod(sku.hashCode(), 4);
    Product product = products.get(sku);
    if (product == null) {
      return Reply.json(404, Json.object("reason", "no product '" + sku + "'"), millis);
    }
    return Reply.json(
        200,
        Json.object("sku", sku, "name", product.name(), "cents", product.price().cents()),
        millis);
  }
}
