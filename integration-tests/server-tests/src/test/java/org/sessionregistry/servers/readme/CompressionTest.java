package org.sessionregistry.servers.readme;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sessionregistry.ClientSession;
import org.sessionregistry.SessionRegistry;
import org.sessionregistry.settings.SessionSettings;

/** What docs/compression.md shows is what compiles and runs here. */
class CompressionTest {
  private static final String LOG = "INFO a\nERROR b\nERROR c\n";

  private final List<String> accepted = new CopyOnWriteArrayList<>();

  @Test
  void theDocumentShowsTheExamples() throws Exception {
    assertThat(Snippets.blocks("docs/compression.md", "java"))
        .containsExactly(
            Snippets.snippet("Compression.java", "readme"),
            Snippets.snippet("Compression.java", "asSent"));
  }

  @Test
  void theExamplesRun(@TempDir Path directory) throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/today", this::answer);
    server.start();
    try (SessionRegistry registry = SessionRegistry.builder().build()) {
      ClientSession logs =
          registry.open(
              SessionSettings.builder("logs")
                  .baseUrl("http://localhost:" + server.getAddress().getPort())
                  .build());
      assertThat(Compression.errors(logs)).isEqualTo(2);
      Compression.archive(logs, directory.resolve("today"));
    } finally {
      server.stop(0);
    }
    assertThat(accepted).containsExactly("gzip, deflate, br, zstd", "gzip");
    try (GZIPInputStream kept =
        new GZIPInputStream(Files.newInputStream(directory.resolve("today.gz")))) {
      assertThat(kept).hasContent(LOG);
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    accepted.add(exchange.getRequestHeaders().getFirst("Accept-Encoding"));
    exchange.getResponseHeaders().add("Content-Encoding", "gzip");
    exchange.sendResponseHeaders(200, 0);
    try (GZIPOutputStream gzip = new GZIPOutputStream(exchange.getResponseBody())) {
      gzip.write(LOG.getBytes(UTF_8));
    }
  }
}
