package org.sessionregistry.restclients.docs;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import org.sessionregistry.ClientSession;
import org.sessionregistry.Response;
import org.sessionregistry.cdi.SessionName;

/** The same on a session. */
final class OnASession {
  // session
  @ApplicationScoped
  public class GitHub {
    @Inject
    @SessionName("github")
    ClientSession github;

    public String profile(String user) throws IOException, InterruptedException {
      try (Response response = github.get("/users/{user}").path("user", user).send()) {
        return response.text();
      }
    }
  }
}
