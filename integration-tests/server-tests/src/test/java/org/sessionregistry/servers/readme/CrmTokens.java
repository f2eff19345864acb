package org.sessionregistry.servers.readme;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.CompletionStage;
import org.sessionregistry.ClientSession;
import org.sessionregistry.Response;
import org.sessionregistry.TokenSupplier;
import org.sessionregistry.cdi.SessionName;

/** An example of docs/beans.md, word for word; the following comment is not part of it. */
// beans
@ApplicationScoped
@SessionName("crm")
public class CrmTokens implements TokenSupplier {
  @Inject
  @SessionName("login")
  ClientSession login;

  @Override
  public CompletionStage<String> token() {
    return login.post("/token").sendAsync().thenCompose(Response::textAsync);
  }
}
