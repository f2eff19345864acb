package org.sessionregistry.servers.readme;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sessionregistry.ClientSession;
import org.sessionregistry.ServerSentEvent;
import org.sessionregistry.SessionRegistry;
import org.sessionregistry.servers.readme.Requests.Item;
import org.sessionregistry.settings.SessionSettings;

/** What docs/requests.md and docs/responses.md show is what compiles and runs here. */
class BodiesTest {
  private static final Map<String, String> ANSWERS =
      Map.of(
          "/items/7", "{\"name\":\"paper\",\"count\":2}",
          "/items", "[{\"name\":\"paper\",\"count\":2}]",
          "/pages", "one",
          "/pages/2", "two",
          "/log", "INFO a\nERROR b\r\nERROR c",
          "/events", "retry: 1\ndata: hello\n\n",
          "/report.pdf", "a report",
          "/big.iso", "an image");

  @TempDir Path directory;
  private final List<String> seen = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private SessionRegistry registry;
  private ClientSession crm;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    String base = "http://localhost:" + server.getAddress().getPort() + "/";
    registry =
        SessionRegistry.builder()
            .session(SessionSettings.builder("crm").baseUrl(base).build())
            .build();
    crm = registry.session("crm");
  }

  @AfterEach
  void stop() {
    registry.close();
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    boolean again = path.equals("/events") && seen.stream().anyMatch(s -> s.contains("/events"));
    seen.add(
        exchange.getRequestURI()
            + " "
            + exchange.getRequestHeaders().getFirst("Content-Type")
            + " "
            + body);
    if (path.equals("/events")) {
      exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
    }
    if (path.equals("/pages")) {
      exchange.getResponseHeaders().add("Link", "</pages/2>; rel=next");
    }
    byte[] answer = ANSWERS.getOrDefault(path, "").getBytes(UTF_8);
    exchange.sendResponseHeaders(
        again ? 204 : 200, again || answer.length == 0 ? -1 : answer.length);
    if (!again) {
      exchange.getResponseBody().write(answer);
    }
    exchange.close();
  }

  @ParameterizedTest
  @CsvSource({
    "requests.md, Requests.java, uri form fields multipart related json",
    "responses.md, Responses.java, json list links lines events save download"
  })
  void theDocumentShowsTheExamples(String document, String source, String markers)
      throws IOException {
    List<String> shown = Snippets.blocks("docs/" + document, "java");
    String[] names = markers.split(" ");
    assertThat(shown).hasSize(names.length);
    for (int i = 0; i < names.length; i++) {
      assertThat(shown.get(i)).isEqualTo(Snippets.snippet(source, names[i]));
    }
  }

  @Test
  void theRequestsAreSent() throws Exception {
    Path scan = Files.writeString(directory.resolve("scan.pdf"), "a scan");
    assertThat(Requests.uri(crm)).isEqualTo(200);
    assertThat(Requests.form(crm)).isEqualTo(200);
    assertThat(Requests.fields(crm)).isEqualTo(200);
    assertThat(Requests.multipart(crm, scan)).isEqualTo(200);
    assertThat(Requests.related(crm)).isEqualTo(200);
    assertThat(Requests.json(crm)).isEqualTo(200);

    assertThat(seen.get(0))
        .startsWith("/customers/a%2Fb/orders?state=open%20%26%20late&state=new ");
    assertThat(seen.get(1)).contains("user=ada", "roles=admin&roles=dev");
    assertThat(seen.get(2)).endsWith(" name=Ada+%26+Grace&tag=1&tag=2");
    assertThat(seen.get(3))
        .contains("filename=\"scan.pdf\"", "a scan", "{\"count\":2,\"name\":\"paper\"}");
    assertThat(seen.get(4)).contains("multipart/related; boundary=", "Content-ID: <logo>");
    assertThat(seen.get(5)).isEqualTo("/items application/json {\"count\":2,\"name\":\"paper\"}");
  }

  @Test
  void theResponsesAreRead() throws Exception {
    Item paper = new Item("paper", 2);
    assertThat(Responses.json(crm)).isEqualTo(paper);
    assertThat(Responses.list(crm).get(20, TimeUnit.SECONDS)).containsExactly(paper);
    assertThat(Responses.pages(crm)).containsExactly("one", "two");
    assertThat(Responses.lines(crm)).isEqualTo(2);
    assertThat(Responses.save(crm, directory.resolve("a"))).hasContent("a report");
    PrintStream before = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, UTF_8));
    try {
      assertThat(Responses.download(crm, directory.resolve("b"))).isTrue();
    } finally {
      System.setOut(before);
    }
    assertThat(directory.resolve("b")).hasContent("an image");
    assertThat(printed.toString(UTF_8)).isEqualToIgnoringNewLines("8 of OptionalLong[8]");
  }

  @Test
  void theEventsAreHeardUntilTheServerEndsThem() throws Exception {
    List<String> heard = new CopyOnWriteArrayList<>();
    CompletableFuture<Void> over = new CompletableFuture<>();
    Responses.events(
        crm,
        new Flow.Subscriber<ServerSentEvent>() {
          @Override
          public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
          }

          @Override
          public void onNext(ServerSentEvent event) {
            heard.add(event.data());
          }

          @Override
          public void onError(Throwable failure) {
            over.completeExceptionally(failure);
          }

          @Override
          public void onComplete() {
            over.complete(null);
          }
        });
    over.get(20, TimeUnit.SECONDS);
    assertThat(heard).containsExactly("hello");
  }
}
