package org.sessionregistry.containers.app;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.CompletionStage;
import org.sessionregistry.ClientSession;
import org.sessionregistry.Response;
import org.sessionregistry.TokenSupplier;
import org.sessionregistry.cdi.SessionName;

/** A bean that the registry asks, on a thread of its own, and that uses another session. */
@ApplicationScoped
@SessionName("secured")
public class Tokens implements TokenSupplier {
  @Inject
  @SessionName("shop")
  ClientSession shop;

  @Override
  public CompletionStage<String> token() {
    return shop.get("/token").sendAsync().thenCompose(Response::textAsync);
  }
}
