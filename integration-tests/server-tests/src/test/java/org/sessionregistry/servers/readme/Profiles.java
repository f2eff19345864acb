package org.sessionregistry.servers.readme;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.concurrent.CompletionStage;
import org.sessionregistry.ClientSession;
import org.sessionregistry.Response;
import org.sessionregistry.cdi.SessionName;

/** The bean of the README, word for word; the following comment is not part of it. */
// readme
@ApplicationScoped
public class Profiles {
  @Inject
  @SessionName("github")
  ClientSession github;

  public CompletionStage<String> profile(String user) {
    return github
        .get("/users/{user}")
        .path("user", user)
        .sendAsync() // completes with the headers
        .thenCompose(Response::textAsync); // the body, when you ask for it
  }

  public String profileNow(String user) throws IOException, InterruptedException {
    try (Response response = github.get("/users/{user}").path("user", user).send()) {
      return response.text(); // the blocking form; virtual threads are welcome
    }
  }
}
