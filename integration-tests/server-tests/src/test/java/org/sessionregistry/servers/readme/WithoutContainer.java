package org.sessionregistry.servers.readme;

import java.io.IOException;
import java.time.Duration;
import org.sessionregistry.ClientSession;
import org.sessionregistry.Response;
import org.sessionregistry.SessionRegistry;
import org.sessionregistry.settings.SessionSettings;

/** The second example of the README, word for word but for the address. */
final class WithoutContainer {
  private WithoutContainer() {}

  static void run(String address) throws IOException, InterruptedException {
    // readme
    try (SessionRegistry registry =
        SessionRegistry.builder()
            .session(
                SessionSettings.builder("github")
                    .baseUrl(address)
                    .timeout(Duration.ofSeconds(10))
                    .build())
            .build()) {
      ClientSession github = registry.session("github");
      try (Response response = github.get("/zen").send()) {
        System.out.println(response.text());
      }
    }
  }
}
