package org.sessionregistry.servers.readme;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.sessionregistry.ClientSession;
import org.sessionregistry.EgressDeniedException;
import org.sessionregistry.Response;
import org.sessionregistry.settings.SessionSettings;

/** The examples of docs/proxies.md and docs/egress.md, word for word. */
final class Ways {
  private Ways() {}

  static SessionSettings proxied() {
    // proxy
    SessionSettings reports =
        SessionSettings.builder("reports")
            .baseUrl("https://reports.example")
            .proxy(
                p ->
                    p.withUrl(URI.create("http://proxy.example.com:3128"))
                        .withCredentials("agent", "correct horse")
                        .withExclude(List.of(".intranet.example", "10.0.0.0/8", "localhost")))
            .build();
    // end
    return reports;
  }

  static SessionSettings guarded() {
    // egress
    SessionSettings fetcher =
        SessionSettings.builder("fetcher").egress(e -> e.withDeny(List.of("private"))).build();
    // end
    return fetcher;
  }

  static String fetch(ClientSession fetcher, String uri) throws IOException, InterruptedException {
    // denied
    try (Response response = fetcher.get(uri).send()) {
      return response.text();
    } catch (EgressDeniedException e) {
      return "not fetched: " + e.getMessage();
    }
  }
}
