package org.sessionregistry.restclients.docs;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** A client as it is often made by hand. */
final class ByHand {
  // hand
  @ApplicationScoped
  public class GitHub {
    private final HttpClient client =
        HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    public String profile(String user) throws IOException, InterruptedException {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("https://api.github.com/users/" + user))
              .header("Accept", "application/json")
              .timeout(Duration.ofSeconds(10))
              .build();
      return client.send(request, BodyHandlers.ofString()).body();
    }
  }
}
