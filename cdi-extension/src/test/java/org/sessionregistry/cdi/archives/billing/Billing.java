package org.sessionregistry.cdi.archives.billing;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.concurrent.CompletionStage;
import org.sessionregistry.ClientSession;
import org.sessionregistry.Interceptor;
import org.sessionregistry.Request;
import org.sessionregistry.Response;
import org.sessionregistry.cdi.SessionName;
import org.sessionregistry.cdi.archives.orders.Orders;

/** A bean of another archive. */
@ApplicationScoped
public class Billing {
  @Inject
  @Named("shop")
  ClientSession shop;

  @Inject Orders orders;

  /** Asks the shop, itself and through the other archive. */
  public String ask(String path) throws Exception {
    try (Response response = shop.get(path).send()) {
      return response.text() + " " + orders.ask(path);
    }
  }

  /** Adds to a session that beans of both archives use. */
  @ApplicationScoped
  @SessionName("shop")
  public static class Signing implements Interceptor {
    @Override
    public CompletionStage<Response> intercept(Request request, Next next) {
      return next.send(request.withHeader("X-Steps", "signed"));
    }
  }
}
