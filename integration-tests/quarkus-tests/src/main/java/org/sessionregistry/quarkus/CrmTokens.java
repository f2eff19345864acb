package org.sessionregistry.quarkus;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.CompletionStage;
import org.sessionregistry.ClientSession;
import org.sessionregistry.Response;
import org.sessionregistry.TokenSupplier;
import org.sessionregistry.cdi.SessionName;

/** Nobody injects it: it must not be taken for unused. */
@ApplicationScoped
@SessionName("crm")
public class CrmTokens implements TokenSupplier {
  @Inject
  @SessionName("login")
  ClientSession login;

  @Override
  public CompletionStage<String> token() {
    return login.get("/token").sendAsync().thenCompose(Response::textAsync);
  }
}
