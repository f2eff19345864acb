package org.sessionregistry.servers.readme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sessionregistry.ClientSession;
import org.sessionregistry.Redirect;
import org.sessionregistry.SessionRegistry;
import org.sessionregistry.settings.SessionSettings;

/** What docs/redirects.md shows is what compiles and runs here. */
class RedirectingTest {
  private HttpServer server;
  private SessionRegistry registry;
  private ClientSession session;

  /** {@code /old} has moved to {@code /new}, {@code /circle} to itself. */
  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    String base = "http://localhost:" + server.getAddress().getPort();
    registry =
        SessionRegistry.builder()
            .session(SessionSettings.builder("github").baseUrl(base).build())
            .build();
    session = registry.session("github");
  }

  @AfterEach
  void stop() {
    registry.close();
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    if (path.equals("/new")) {
      exchange.sendResponseHeaders(204, -1);
    } else {
      exchange.getResponseHeaders().add("Location", path.equals("/old") ? "/new" : path);
      exchange.sendResponseHeaders(302, -1);
    }
    exchange.close();
  }

  @Test
  void theDocumentShowsTheExamples() throws IOException {
    String[] markers = {"way", "circle"};
    assertThat(Snippets.blocks("docs/redirects.md", "java")).hasSize(markers.length);
    for (int i = 0; i < markers.length; i++) {
      assertThat(Snippets.blocks("docs/redirects.md", "java").get(i))
          .isEqualTo(Snippets.snippet("Redirecting.java", markers[i]));
    }
  }

  @Test
  void aResponseTellsTheWay() throws Exception {
    assertThat(Redirecting.way(session).getPath()).isEqualTo("/new");
  }

  @Test
  void aCircleFailsWithTheWay() throws Exception {
    assertThat(Redirecting.circle(session))
        .extracting(Redirect::status, redirect -> redirect.uri().getPath())
        .contains(tuple(302, "/circle"));
  }
}
