package org.sessionregistry.servers.httpclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sessionregistry.servers.httpclient.ClientWorld.get;
import static org.sessionregistry.servers.httpclient.ClientWorld.until;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.CookieHandler;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionregistry.ClientSession;
import org.sessionregistry.SessionClosedException;
import org.sessionregistry.servers.httpclient.Upstream.Make;
import org.sessionregistry.settings.CookieJarType;
import org.sessionregistry.settings.HttpVersionPreference;
import org.sessionregistry.settings.QueueSettings;

/** What a session seen as the JDK's client does with the session, against real servers. */
class SessionAsHttpClientTest {
  @RegisterExtension final ClientWorld world = new ClientWorld();

  private static HttpRequest post(String uri, HttpRequest.BodyPublisher body) {
    return HttpRequest.newBuilder(URI.create(uri)).POST(body).build();
  }

  // ---- the session's own ----------------------------------------------------------------------

  @ParameterizedTest
  @EnumSource(Make.class)
  void headersCookiesAndConnectionsAreTheSessions(Make make) throws Exception {
    String origin = world.upstream(make).origin();
    ClientSession session =
        world.session(
            s ->
                s.baseUrl(origin)
                    .header("X-Api-Key", "k1")
                    .cookieJar(c -> c.withAcceptIpHosts(true)));
    HttpClient client = session.asHttpClient();

    session.get("/login").send().bytes();
    HttpResponse<String> first = client.send(get(origin + "/echo"), BodyHandlers.ofString());
    HttpResponse<String> second = client.send(get(origin + "/echo"), BodyHandlers.ofString());

    assertThat(first.headers().firstValue("X-Saw-X-Api-Key")).contains("k1");
    assertThat(first.headers().firstValue("X-Saw-Cookie")).contains("login=yes");
    assertThat(second.headers().firstValue("X-Connection"))
        .isEqualTo(first.headers().firstValue("X-Connection"));
    assertThat(session.statistics().succeeded()).isEqualTo(3);
  }

  @Test
  void cookiesThatComeAreKeptByTheSession() throws Exception {
    String origin = world.upstream(Make.JETTY).origin();
    ClientSession session = world.session(s -> s.cookieJar(c -> c.withAcceptIpHosts(true)));

    session.asHttpClient().send(get(origin + "/login"), BodyHandlers.discarding());

    assertThat(session.cookies().header(URI.create(origin + "/"))).isEqualTo("login=yes");
  }

  @Test
  void manyRequestsShareOneConnectionOfHttp2() throws Exception {
    String origin = world.upstream(Make.JETTY).origin();
    ClientSession session = world.session(s -> s.httpVersion(HttpVersionPreference.HTTP_2));
    HttpClient client = session.asHttpClient();

    List<CompletableFuture<HttpResponse<String>>> all =
        IntStream.range(0, 20)
            .mapToObj(
                i ->
                    client.sendAsync(
                        post(origin + "/echo", BodyPublishers.ofString("n" + i)),
                        BodyHandlers.ofString()))
            .toList();

    for (int i = 0; i < all.size(); i++) {
      HttpResponse<String> response = all.get(i).get(20, TimeUnit.SECONDS);
      assertThat(response.body()).isEqualTo("n" + i);
      assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
      assertThat(response.headers().firstValue("X-Connection"))
          .isEqualTo(all.get(0).get().headers().firstValue("X-Connection"));
    }
  }

  @Test
  void theQueueIsTheSessions() throws Exception {
    Upstream upstream = world.upstream(Make.JETTY);
    ClientSession session =
        world.session(
            s -> s.pool(p -> p.withMaxConnections(1)).queue(QueueSettings.DEFAULTS.withMaxSize(0)));
    HttpClient client = session.asHttpClient();
    CompletableFuture<HttpResponse<String>> first =
        client.sendAsync(get(upstream.origin() + "/gate"), BodyHandlers.ofString());
    upstream.routes().atGate.await(20, TimeUnit.SECONDS);

    assertThatThrownBy(() -> client.send(get(upstream.origin() + "/echo"), BodyHandlers.ofString()))
        .isInstanceOf(org.sessionregistry.QueueFullException.class);

    upstream.routes().gate.countDown();
    assertThat(first.get(20, TimeUnit.SECONDS).body()).isEqualTo("g");
  }

  @Test
  void aBodyThatTheSessionDecompressedDoesNotClaimToBeCompressed() throws Exception {
    String uri = world.upstream(Make.JETTY).origin() + "/gzip";
    HttpClient client = world.session().asHttpClient();

    HttpResponse<String> plain = client.send(get(uri), BodyHandlers.ofString());
    HttpResponse<byte[]> asked =
        client.send(
            HttpRequest.newBuilder(URI.create(uri)).header("Accept-Encoding", "gzip").build(),
            BodyHandlers.ofByteArray());

    assertThat(plain.body()).isEqualTo("text");
    assertThat(plain.headers().firstValue("Content-Encoding")).isEmpty();
    assertThat(plain.headers().firstValue("Content-Length")).isEmpty();
    assertThat(asked.headers().firstValue("Content-Encoding")).contains("gzip");
    assertThat(asked.body()).startsWith(0x1F, 0x8B);
  }

  @Test
  void whatTheSessionWasToldIsShown() {
    HttpClient client =
        world
            .session(
                s ->
                    s.timeout(t -> t.withConnect(Duration.ofSeconds(7)))
                        .httpVersion(HttpVersionPreference.HTTP_1_1)
                        .tls(t -> t.withProtocols(List.of("TLSv1.3")))
                        .proxy(
                            p ->
                                p.withUrl(URI.create("http://proxy.example:3128"))
                                    .withExclude(List.of("*.internal"))))
            .asHttpClient();

    assertThat(client.connectTimeout()).contains(Duration.ofSeconds(7));
    assertThat(client.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
    assertThat(client.sslContext()).isNotNull();
    assertThat(client.sslParameters().getProtocols()).containsExactly("TLSv1.3");
    assertThat(client.sslParameters().getEndpointIdentificationAlgorithm()).isEqualTo("HTTPS");
    assertThat(client.authenticator()).isEmpty();
    assertThat(client.executor()).isEmpty();
    assertThat(client.proxy().orElseThrow().select(URI.create("https://a.example/")))
        .containsExactly(
            new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved("proxy.example", 3128)));
    assertThat(client.proxy().orElseThrow().select(URI.create("https://a.internal/")))
        .containsExactly(Proxy.NO_PROXY);
    assertThat(world.session().asHttpClient().proxy()).isEmpty();
  }

  @Test
  void theCookieHandlerIsTheSessionsJar() throws Exception {
    ClientSession session = world.session();
    CookieHandler handler = session.asHttpClient().cookieHandler().orElseThrow();
    URI uri = URI.create("https://shop.example/cart");

    handler.put(uri, Map.of("Set-Cookie", List.of("a=1", "b=2; Path=/other")));

    assertThat(session.cookies().header(uri)).isEqualTo("a=1");
    assertThat(handler.get(uri, Map.of())).isEqualTo(Map.of("Cookie", List.of("a=1")));
    assertThat(
            world
                .session(s -> s.cookieJar(c -> c.withType(CookieJarType.NONE)))
                .asHttpClient()
                .cookieHandler())
        .isEmpty();
  }

  // ---- bodies ---------------------------------------------------------------------------------

  @ParameterizedTest
  @EnumSource(Make.class)
  void everyBodyHandlerOfTheJdkWorks(Make make, @TempDir Path folder) throws Exception {
    String uri = world.upstream(make).origin() + "/echo";
    HttpClient client = world.session().asHttpClient();
    HttpRequest request = post(uri, BodyPublishers.ofString("one\ntwo"));
    AtomicReference<ByteBuffer> all = new AtomicReference<>(ByteBuffer.allocate(0));

    assertThat(client.send(request, BodyHandlers.ofString()).body()).isEqualTo("one\ntwo");
    assertThat(client.send(request, BodyHandlers.ofByteArray()).body()).hasSize(7);
    try (InputStream in = client.send(request, BodyHandlers.ofInputStream()).body()) {
      assertThat(in.readAllBytes()).hasSize(7);
    }
    try (Stream<String> lines = client.send(request, BodyHandlers.ofLines()).body()) {
      assertThat(lines).containsExactly("one", "two");
    }
    Path file = client.send(request, BodyHandlers.ofFile(folder.resolve("body"))).body();
    assertThat(Files.readString(file)).isEqualTo("one\ntwo");
    assertThat(client.send(request, BodyHandlers.discarding()).body()).isNull();
    assertThat(client.send(request, BodyHandlers.replacing("other")).body()).isEqualTo("other");
    assertThat(client.send(request, BodyHandlers.buffering(BodyHandlers.ofString(), 3)).body())
        .isEqualTo("one\ntwo");
    assertThat(
            client
                .send(
                    request,
                    BodyHandlers.ofByteArrayConsumer(
                        part -> part.ifPresent(bytes -> all.set(ByteBuffer.wrap(bytes)))))
                .statusCode())
        .isEqualTo(200);
    assertThat(StandardCharsets.UTF_8.decode(all.get()).toString()).endsWith("two");
    Flow.Publisher<List<ByteBuffer>> publisher =
        client.send(request, BodyHandlers.ofPublisher()).body();
    Collecting collecting = new Collecting(Long.MAX_VALUE);
    publisher.subscribe(collecting);
    assertThat(collecting.done.get(20, TimeUnit.SECONDS)).isEqualTo(7);
    assertThat(
            client
                .send(
                    request,
                    BodyHandlers.fromSubscriber(
                        new Collecting(Long.MAX_VALUE), subscriber -> subscriber.done.join()))
                .body())
        .isEqualTo(7);
    assertThat(
            client
                .send(
                    request,
                    info ->
                        BodySubscribers.mapping(
                            BodySubscribers.ofString(StandardCharsets.UTF_8), String::length))
                .body())
        .isEqualTo(7);
  }

  @ParameterizedTest
  @EnumSource(Make.class)
  void everyBodyPublisherOfTheJdkWorks(Make make, @TempDir Path folder) throws Exception {
    String uri = world.upstream(make).origin() + "/echo";
    HttpClient client = world.session().asHttpClient();
    byte[] large = new byte[300_000];
    for (int i = 0; i < large.length; i++) {
      large[i] = (byte) i;
    }
    Path file = Files.write(folder.resolve("large"), large);

    for (HttpRequest.BodyPublisher body :
        List.of(
            BodyPublishers.ofByteArray(large),
            BodyPublishers.ofByteArrays(List.of(large)),
            BodyPublishers.ofFile(file),
            BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large)),
            BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(large)),
            BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(large), large.length))) {
      assertThat(client.send(post(uri, body), BodyHandlers.ofByteArray()).body()).isEqualTo(large);
    }
  }

  @Test
  void aBodyThatCannotBeReadFailsTheRequest() throws Exception {
    String uri = world.upstream(Make.JETTY).origin() + "/echo";
    HttpRequest request =
        post(
            uri,
            BodyPublishers.ofInputStream(
                () ->
                    new InputStream() {
                      @Override
                      public int read() throws IOException {
                        throw new IOException("the disk is gone");
                      }
                    }));

    assertThatThrownBy(() -> world.session().asHttpClient().send(request, BodyHandlers.ofString()))
        .isInstanceOf(IOException.class)
        .hasStackTraceContaining("the disk is gone");
  }

  /** Reads as the test asks; counts bytes. */
  private static final class Collecting implements Flow.Subscriber<List<ByteBuffer>> {
    final CompletableFuture<Long> done = new CompletableFuture<>();
    final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();
    final AtomicLong bytes = new AtomicLong();
    private final long first;

    Collecting(long first) {
      this.first = first;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
      if (first > 0) {
        given.request(first);
      }
      subscription.complete(given);
    }

    @Override
    public void onNext(List<ByteBuffer> parts) {
      parts.forEach(part -> bytes.addAndGet(part.remaining()));
    }

    @Override
    public void onError(Throwable failure) {
      done.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
      done.complete(bytes.get());
    }
  }

  @ParameterizedTest
  @EnumSource(Make.class)
  void aSubscriberThatDoesNotAskHoldsTheServerUp(Make make) throws Exception {
    Upstream upstream = world.upstream(make);
    int size = 64 << 20;
    HttpClient client = world.session().asHttpClient();
    Collecting reader = new Collecting(1);
    CompletableFuture<HttpResponse<Void>> response =
        client.sendAsync(
            get(upstream.origin() + "/bytes/" + size), BodyHandlers.fromSubscriber(reader));

    until("a part", () -> reader.bytes.get() > 0);
    long[] last = {-1, System.nanoTime()};
    until(
        "a server that stands still",
        () -> {
          long now = upstream.routes().sent.get();
          if (now != last[0]) {
            last[0] = now;
            last[1] = System.nanoTime();
          }
          return System.nanoTime() - last[1] > 500_000_000L;
        });
    assertThat(last[0]).isLessThan(size / 2);

    reader.subscription.get().request(Long.MAX_VALUE);
    assertThat(reader.done.get(60, TimeUnit.SECONDS)).isEqualTo(size);
    assertThat(response.get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
  }

  @Test
  void aSubscriberThatAsksForAllAndBlocksHoldsUpTheServerAndNobodyElse() throws Exception {
    Upstream upstream = world.upstream(Make.JETTY);
    int size = 64 << 20;
    HttpClient client = world.session().asHttpClient();
    CountDownLatch blocked = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    AtomicLong read = new AtomicLong();
    CompletableFuture<HttpResponse<Void>> slow =
        client.sendAsync(
            get(upstream.origin() + "/bytes/" + size),
            BodyHandlers.ofByteArrayConsumer(
                part -> {
                  blocked.countDown();
                  try {
                    go.await(20, TimeUnit.SECONDS);
                  } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                  }
                  part.ifPresent(bytes -> read.addAndGet(bytes.length));
                }));
    assertThat(blocked.await(20, TimeUnit.SECONDS)).isTrue();

    // there is one event loop
    assertThat(client.send(get(upstream.origin() + "/echo"), BodyHandlers.ofString()).statusCode())
        .isEqualTo(200);
    assertThat(upstream.routes().sent.get()).isLessThan(size / 2);
    go.countDown();
    slow.get(60, TimeUnit.SECONDS);
    assertThat(read).hasValue(size);
  }

  @Test
  void aStageThatBlocksHoldsNobodyUp() throws Exception {
    String origin = world.upstream(Make.JETTY).origin();
    HttpClient client = world.session().asHttpClient();

    String body =
        client
            .sendAsync(get(origin + "/echo"), BodyHandlers.ofString())
            .thenApply(
                first -> {
                  try {
                    return client
                        .send(
                            post(origin + "/echo", BodyPublishers.ofString("within")),
                            BodyHandlers.ofString())
                        .body();
                  } catch (IOException | InterruptedException e) {
                    throw new IllegalStateException(e);
                  }
                })
            .get(20, TimeUnit.SECONDS);

    assertThat(body).isEqualTo("within");
  }

  @Test
  void aStreamThatIsClosedEarlyGivesTheConnectionUp() throws Exception {
    String uri = world.upstream(Make.UNDERTOW).origin() + "/bytes/" + (64 << 20);
    ClientSession session = world.session();

    try (InputStream in =
        session.asHttpClient().send(get(uri), BodyHandlers.ofInputStream()).body()) {
      assertThat(in.read()).isZero();
    }

    until("nothing in flight", () -> session.statistics().inFlight() == 0);
  }

  // ---- limits and ends ------------------------------------------------------------------------

  @Test
  void theRequestsTimeoutIsOverWhenTheHeadersAreThere() throws Exception {
    Upstream upstream = world.upstream(Make.JETTY);
    HttpClient client = world.session().asHttpClient();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(upstream.origin() + "/bytes/" + (64 << 20)))
            .timeout(Duration.ofSeconds(5))
            .build();
    Collecting reader = new Collecting(0);

    CompletableFuture<HttpResponse<Void>> response =
        client.sendAsync(request, BodyHandlers.fromSubscriber(reader));
    reader.subscription.get(20, TimeUnit.SECONDS).request(Long.MAX_VALUE);

    assertThat(response.get(60, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    HttpRequest late =
        HttpRequest.newBuilder(URI.create(upstream.origin() + "/gate"))
            .timeout(Duration.ofMillis(150))
            .build();
    assertThatThrownBy(() -> client.send(late, BodyHandlers.ofString()))
        .isExactlyInstanceOf(HttpTimeoutException.class)
        .hasMessageContainingAll("client-0", "GET", "150 ms", "HttpRequest.timeout");
  }

  @Test
  void theSessionsLimitsHoldTooAndTheCauseSaysWhich() throws Exception {
    Upstream upstream = world.upstream(Make.JETTY);
    HttpClient client =
        world.session(s -> s.timeout(t -> t.withResponse(Duration.ofMillis(150)))).asHttpClient();

    assertThatThrownBy(() -> client.send(get(upstream.origin() + "/gate"), BodyHandlers.ofString()))
        .isExactlyInstanceOf(HttpTimeoutException.class)
        .hasCauseInstanceOf(org.sessionregistry.ResponseTimeoutException.class)
        .satisfies(
            e ->
                assertThat(e.getStackTrace())
                    .anyMatch(frame -> frame.getClassName().contains("SessionAsHttpClientTest")));
  }

  @Test
  void cancellingADerivedFutureEndsTheExchange() throws Exception {
    Upstream upstream = world.upstream(Make.JETTY);
    ClientSession session = world.session();
    CompletableFuture<Integer> derived =
        session
            .asHttpClient()
            .sendAsync(get(upstream.origin() + "/gate"), BodyHandlers.ofString())
            .thenApply(HttpResponse::statusCode);
    upstream.routes().atGate.await(20, TimeUnit.SECONDS);

    derived.cancel(true);

    until("the exchange is cancelled", () -> session.statistics().cancelled() == 1);
  }

  @Test
  void cancellingWhileTheBodyComesEndsTheExchange() throws Exception {
    Upstream upstream = world.upstream(Make.JETTY);
    ClientSession session = world.session();
    Collecting reader = new Collecting(1);
    CompletableFuture<HttpResponse<Void>> response =
        session
            .asHttpClient()
            .sendAsync(
                get(upstream.origin() + "/bytes/" + (64 << 20)),
                BodyHandlers.fromSubscriber(reader));
    until("a part", () -> reader.bytes.get() > 0);

    response.cancel(true);

    until("nothing in flight", () -> session.statistics().inFlight() == 0);
  }

  @Test
  void anInterruptEndsABlockingCall() throws Exception {
    Upstream upstream = world.upstream(Make.JETTY);
    ClientSession session = world.session();
    CompletableFuture<Throwable> outcome = new CompletableFuture<>();
    Thread caller =
        new Thread(
            () -> {
              try {
                session
                    .asHttpClient()
                    .send(get(upstream.origin() + "/gate"), BodyHandlers.ofString());
                outcome.complete(new AssertionError("an answer"));
              } catch (IOException | InterruptedException e) {
                outcome.complete(e);
              }
            });
    caller.start();
    upstream.routes().atGate.await(20, TimeUnit.SECONDS);

    caller.interrupt();

    assertThat(outcome.get(20, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
    until("the exchange is cancelled", () -> session.statistics().cancelled() == 1);
  }

  @Test
  void aPushPromiseHandlerIsRefused() {
    HttpClient client = world.session().asHttpClient();
    assertThatThrownBy(
            () ->
                client.sendAsync(
                    get("http://127.0.0.1/"),
                    BodyHandlers.ofString(),
                    (initiating, pushed, acceptor) -> {}))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("SETTINGS_ENABLE_PUSH=0");
  }

  @Test
  void whatTheSessionCannotSendIsRefusedAtOnce() throws Exception {
    HttpClient client = world.session().asHttpClient();
    HttpRequest framing =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1/"))
            .header("Transfer-Encoding", "chunked")
            .build();
    assertThatThrownBy(() -> client.sendAsync(framing, BodyHandlers.ofString()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Transfer-Encoding");
    assertThatThrownBy(() -> client.send(framing, BodyHandlers.ofString()))
        .isInstanceOf(IllegalArgumentException.class);
    call(client, "close"); // waits for neither
  }

  @Test
  void aClosedSessionSaysSo() {
    ClientSession session = world.session();
    HttpClient client = session.asHttpClient();
    session.close();
    assertThatThrownBy(() -> client.send(get("http://127.0.0.1/"), BodyHandlers.ofString()))
        .isInstanceOf(SessionClosedException.class);
  }

  // ---- from JDK 21 on: the methods are public on 17, too, but HttpClient does not have them ----

  private static Object call(HttpClient client, String method, Object... arguments)
      throws Exception {
    Class<?>[] types = Stream.of(arguments).map(Object::getClass).toArray(Class<?>[]::new);
    return client.getClass().getMethod(method, types).invoke(client, arguments);
  }

  @Test
  void closingTheClientWaitsForItsRequestsAndLeavesTheSessionOpen() throws Exception {
    Upstream upstream = world.upstream(Make.JETTY);
    ClientSession session = world.session();
    HttpClient client = session.asHttpClient();
    CompletableFuture<HttpResponse<String>> running =
        client.sendAsync(get(upstream.origin() + "/gate"), BodyHandlers.ofString());
    upstream.routes().atGate.await(20, TimeUnit.SECONDS);
    call(client, "shutdown");

    assertThat(call(client, "isTerminated")).isEqualTo(false);
    assertThat(call(client, "awaitTermination", Duration.ofMillis(20))).isEqualTo(false);
    CompletableFuture<HttpResponse<String>> refused =
        client.sendAsync(get(upstream.origin() + "/echo"), BodyHandlers.ofString());
    assertThatThrownBy(() -> refused.get(20, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(IOException.class)
        .hasMessageContaining("the session was not");

    upstream.routes().gate.countDown();
    call(client, "close");
    assertThat(running.get(20, TimeUnit.SECONDS).body()).isEqualTo("g");
    assertThat(call(client, "isTerminated")).isEqualTo(true);
    assertThat(
            session
                .asHttpClient()
                .send(get(upstream.origin() + "/echo"), BodyHandlers.ofString())
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void shuttingDownNowEndsWhatRuns() throws Exception {
    Upstream upstream = world.upstream(Make.JETTY);
    ClientSession session = world.session();
    HttpClient client = session.asHttpClient();
    CompletableFuture<HttpResponse<String>> running =
        client.sendAsync(get(upstream.origin() + "/gate"), BodyHandlers.ofString());
    upstream.routes().atGate.await(20, TimeUnit.SECONDS);

    call(client, "shutdownNow");

    assertThatThrownBy(() -> running.get(20, TimeUnit.SECONDS))
        .hasCauseInstanceOf(IOException.class);
    assertThat(call(client, "awaitTermination", Duration.ofDays(400_000))).isEqualTo(true);
    until("the exchange is cancelled", () -> session.statistics().cancelled() == 1);
  }
}
