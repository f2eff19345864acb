package org.sessionregistry.servers.readme;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sessionregistry.ClientSession;
import org.sessionregistry.SessionRegistry;
import org.sessionregistry.settings.SessionSettings;

/** What docs/wire.md shows is what compiles and runs here. */
class BesideTheMessageTest {
  private static final String DOCUMENT = "docs/wire.md";
  private static final String SOURCE = "BesideTheMessage.java";

  /** SHA-256 of {@code abc} (FIPS 180-4, example B.1). */
  private static final String SHA_OF_ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @TempDir Path files;

  private final Server server = new Server();
  private final AtomicReference<String> checksum = new AtomicReference<>("");
  private SessionRegistry registry;
  private ClientSession session;

  @BeforeEach
  void start() throws Exception {
    ServerConnector connector = new ServerConnector(server, 1, 1);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(new Serving());
    server.start();
    registry = SessionRegistry.builder().build();
    session =
        registry.open(
            SessionSettings.builder("wire")
                .baseUrl("http://127.0.0.1:" + connector.getLocalPort())
                .build());
  }

  @AfterEach
  void stop() throws Exception {
    registry.close();
    server.stop();
  }

  private final class Serving extends Handler.Abstract {
    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
      switch (Request.getPathInContext(request)) {
        case "/page" ->
            response.writeInterim(103, HttpFields.build().put("Link", "</style.css>")).get();
        case "/report" -> {
          HttpFields.Mutable trailers = HttpFields.build().put("Checksum", "42");
          response.setTrailersSupplier(() -> trailers);
          try (OutputStream out = Content.Sink.asOutputStream(response)) {
            out.write("all is well".getBytes(UTF_8));
            out.flush();
          }
        }
        default -> {
          Content.Source.asInputStream(request).readAllBytes();
          HttpFields trailers = request.getTrailers();
          if (trailers != null) {
            checksum.set(trailers.get("Checksum"));
          }
        }
      }
      callback.succeeded();
      return true;
    }
  }

  private static void assertShown(int block, String marker) throws Exception {
    assertThat(Snippets.snippet(SOURCE, marker))
        .startsWith(Snippets.blocks(DOCUMENT, "java").get(block));
  }

  private Path file() throws Exception {
    return Files.writeString(files.resolve("file"), "abc");
  }

  @Test
  void aBodyWaitsToBeAskedFor() throws Exception {
    assertShown(0, "expecting");
    assertThat(BesideTheMessage.expecting(session, file())).isEqualTo(200);
  }

  @Test
  void earlyHintsAreHeard() throws Exception {
    assertShown(1, "hearing");
    assertThat(BesideTheMessage.hearing(session)).containsExactly("</style.css>");
  }

  @Test
  void trailersAreRead() throws Exception {
    assertShown(2, "trailing");
    assertThat(BesideTheMessage.trailing(session)).contains("all is well 42");
  }

  @Test
  void aChecksumFollowsItsBody() throws Exception {
    assertShown(3, "digesting");
    assertThat(BesideTheMessage.digesting(session, new ByteArrayInputStream("abc".getBytes(UTF_8))))
        .isEqualTo(200);
    assertThat(checksum.get()).isEqualTo(SHA_OF_ABC);
  }

  @Test
  void progressIsShown() throws Exception {
    assertShown(4, "watching");
    AtomicReference<String> shown = new AtomicReference<>("");
    assertThat(
            BesideTheMessage.watching(
                session, file(), (sent, total) -> shown.set(sent + " of " + total)))
        .isEqualTo(200);
    assertThat(shown.get()).isEqualTo("3 of 3");
  }
}
