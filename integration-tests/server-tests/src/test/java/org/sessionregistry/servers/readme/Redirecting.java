package org.sessionregistry.servers.readme;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.sessionregistry.ClientSession;
import org.sessionregistry.Redirect;
import org.sessionregistry.Response;
import org.sessionregistry.TooManyRedirectsException;

/** The examples of docs/redirects.md, word for word. */
final class Redirecting {
  private Redirecting() {}

  static URI way(ClientSession session) throws IOException, InterruptedException {
    // way
    try (Response response = session.get("/old").send()) {
      response.history().forEach(System.out::println); // 302 http://…/old
      return response.uri(); // what answered in the end
    }
  }

  static List<Redirect> circle(ClientSession session) throws IOException, InterruptedException {
    // circle
    try {
      session.get("/circle").send().close();
      return List.of();
    } catch (TooManyRedirectsException e) {
      return e.history(); // the way until here
    }
  }
}
