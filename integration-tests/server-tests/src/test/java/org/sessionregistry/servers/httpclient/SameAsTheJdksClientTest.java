package org.sessionregistry.servers.httpclient;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.sessionregistry.servers.httpclient.Upstream.Make;

/** The same requests to the JDK's own client and to a session: what the caller sees is the same. */
class SameAsTheJdksClientTest {
  @RegisterExtension final ClientWorld world = new ClientWorld();

  private static BodyPublisher text() {
    return BodyPublishers.ofString("text");
  }

  private static BodyPublisher stream() {
    return BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[50_000]));
  }

  /** Method, path, body; what the section says is seen in status, headers and body. */
  static Stream<Arguments> requests() {
    List<Arguments> rows =
        List.of(
            Arguments.of("RFC 9110 section 9.3.1", "GET", "/echo", BodyPublishers.noBody()),
            Arguments.of("RFC 9110 section 9.3.2", "HEAD", "/echo", BodyPublishers.noBody()),
            Arguments.of("RFC 9110 section 9.3.3", "POST", "/echo", text()),
            Arguments.of("RFC 9110 section 9.3.3", "POST", "/echo", BodyPublishers.noBody()),
            Arguments.of("RFC 9110 section 9.3.4", "PUT", "/echo", text()),
            Arguments.of("RFC 9110 section 9.3.5", "DELETE", "/echo", BodyPublishers.noBody()),
            Arguments.of("RFC 5789 section 2", "PATCH", "/echo", text()),
            Arguments.of("RFC 9112 section 7.1", "POST", "/echo", stream()),
            Arguments.of("RFC 9110 section 15.3.5", "GET", "/status/204", BodyPublishers.noBody()),
            Arguments.of("RFC 9110 section 15.5.5", "GET", "/status/404", BodyPublishers.noBody()),
            Arguments.of("RFC 9110 section 15.6.1", "POST", "/status/500", text()),
            Arguments.of("RFC 9110 section 15.4.2", "GET", "/to/301", BodyPublishers.noBody()),
            Arguments.of("RFC 9110 section 15.4.2", "POST", "/to/301", text()),
            Arguments.of("RFC 9110 section 15.4.3", "POST", "/to/302", text()),
            Arguments.of("RFC 9110 section 15.4.4", "POST", "/to/303", text()),
            Arguments.of("RFC 9110 section 15.4.8", "POST", "/to/307", text()),
            Arguments.of("RFC 9110 section 15.4.9", "POST", "/to/308", text()));
    return Stream.of(Make.values())
        .flatMap(
            make ->
                rows.stream()
                    .map(
                        row -> {
                          Object[] all = row.get();
                          return Arguments.of(make, all[0], all[1], all[2], all[3]);
                        }));
  }

  @ParameterizedTest(name = "{0}: {2} {3} ({1})")
  @MethodSource("requests")
  void aResponseIsTheSame(Make make, String section, String method, String path, BodyPublisher body)
      throws Exception {
    world.expectOthers();
    String origin = world.upstream(make).origin();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(origin + path))
            .method(method, body)
            .header("X-Own", "mine")
            .header("Content-Type", "text/plain")
            .build();

    HttpResponse<byte[]> jdk = jdk(Redirect.NORMAL).send(request, BodyHandlers.ofByteArray());
    HttpResponse<byte[]> ours =
        world.session().asHttpClient().send(request, BodyHandlers.ofByteArray());

    assertThat(seen(ours)).as(section).isEqualTo(seen(jdk));
    assertThat(ours.body()).isEqualTo(jdk.body());
    assertThat(ours.previousResponse().isPresent()).isEqualTo(jdk.previousResponse().isPresent());
    if (jdk.previousResponse().isPresent()) {
      HttpResponse<byte[]> jdkBefore = jdk.previousResponse().orElseThrow();
      HttpResponse<byte[]> oursBefore = ours.previousResponse().orElseThrow();
      assertThat(seen(oursBefore)).isEqualTo(seen(jdkBefore));
      assertThat(oursBefore.body()).isNull();
      assertThat(oursBefore.request()).isSameAs(request);
    }
  }

  private static Map<String, Object> seen(HttpResponse<?> response) {
    return Map.of(
        "status",
        response.statusCode(),
        "uri",
        response.uri(),
        "version",
        response.version(),
        "request",
        response.request().method() + " " + response.request().uri(),
        "requestBody",
        response.request().bodyPublisher().map(BodyPublisher::contentLength).orElse(0L),
        "echoed",
        response.headers().map().entrySet().stream()
            .filter(e -> e.getKey().matches("(?i)x-(?!connection).*|content-length|location"))
            .filter(e -> !isTypeOfLostBody(e.getKey(), response))
            .map(e -> e.getKey().toLowerCase(java.util.Locale.ROOT) + e.getValue())
            .sorted()
            .toList());
  }

  /** The JDK sends it without the body, against RFC 9110 section 15.4; a session does not. */
  private static boolean isTypeOfLostBody(String name, HttpResponse<?> response) {
    return name.equalsIgnoreCase("X-Saw-Content-Type")
        && response.previousResponse().isPresent()
        && response.request().method().equals("GET");
  }

  // ---- failures -------------------------------------------------------------------------------

  private enum Fault {
    /** Nobody listens at the port. */
    REFUSED,
    UNKNOWN_HOST,
    /** {@code HttpRequest.timeout} passes before the headers come. */
    TIMEOUT,
    /** The body ends before {@code Content-Length} is reached (RFC 9112 section 6.3). */
    TRUNCATED,
    /** The last chunk is missing (RFC 9112 section 7.1). */
    TRUNCATED_CHUNKS,
    /** The connection ends where a status line should be. */
    NO_ANSWER,
    /** What comes is not HTTP (RFC 9112 section 4). */
    GARBAGE,
    HANDLER_THROWS,
    NO_URI_OF_HTTP
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void aFailureOfABlockingCallHasTheSameType(Fault fault) throws Exception {
    world.expectOthers();
    HttpRequest request = request(fault);

    Class<?> jdk = blocking(jdk(Redirect.NEVER), request, fault);
    Class<?> ours = blocking(world.session().asHttpClient(), request, fault);

    assertThat(jdk).as("what the JDK throws, and we a subtype of").isAssignableFrom(ours);
    assertThat(ours.getName()).startsWith(jdk == IOException.class ? "" : jdk.getName());
  }

  @ParameterizedTest
  @EnumSource(value = Fault.class, names = "NO_URI_OF_HTTP", mode = EnumSource.Mode.EXCLUDE)
  void aFailureOfAnAsynchronousCallHasTheSameType(Fault fault) throws Exception {
    world.expectOthers();
    HttpRequest request = request(fault);

    Throwable jdk = asynchronous(jdk(Redirect.NEVER), request, fault);
    Throwable ours = asynchronous(world.session().asHttpClient(), request, fault);

    Class<?> expected =
        jdk instanceof IOException && !isSpecific(jdk) ? IOException.class : jdk.getClass();
    assertThat(ours).isInstanceOf(expected);
  }

  /** Whether a caller may look for just this type; EOFException and its like say no more. */
  private static boolean isSpecific(Throwable failure) {
    return failure instanceof java.net.ConnectException
        || failure instanceof java.net.http.HttpTimeoutException;
  }

  private HttpRequest request(Fault fault) throws Exception {
    String uri =
        switch (fault) {
          case REFUSED -> "http://127.0.0.1:" + freePort();
          case UNKNOWN_HOST -> "http://nobody.invalid";
          case TIMEOUT -> world.upstream(Make.JETTY).origin() + "/gate";
          case TRUNCATED -> world.raw("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nfew").origin();
          case TRUNCATED_CHUNKS ->
              world
                  .raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nfew\r\n")
                  .origin();
          case NO_ANSWER -> world.raw("").origin();
          case GARBAGE -> world.raw("no HTTP\r\n\r\n").origin();
          case HANDLER_THROWS -> world.upstream(Make.JETTY).origin() + "/echo";
          case NO_URI_OF_HTTP -> "http://127.0.0.1/";
        };
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(uri));
    if (fault == Fault.TIMEOUT) {
      request.timeout(Duration.ofMillis(200));
    }
    // POST, which neither client sends a second time
    HttpRequest built = request.POST(BodyPublishers.ofString("text")).build();
    return fault == Fault.NO_URI_OF_HTTP ? new Elsewhere(built) : built;
  }

  private static HttpResponse.BodyHandler<String> handler(Fault fault) {
    return fault == Fault.HANDLER_THROWS
        ? info -> {
          throw new IllegalStateException("by the test");
        }
        : BodyHandlers.ofString();
  }

  private static Class<?> blocking(HttpClient client, HttpRequest request, Fault fault) {
    try {
      return client.send(request, handler(fault)).getClass();
    } catch (IOException | InterruptedException | RuntimeException e) {
      return e instanceof IOException && !isSpecific(e) && !isOurs(e)
          ? IOException.class
          : e.getClass();
    }
  }

  private static boolean isOurs(Throwable failure) {
    return failure.getClass().getName().startsWith("org.sessionregistry");
  }

  private static Throwable asynchronous(HttpClient client, HttpRequest request, Fault fault)
      throws Exception {
    try {
      throw new AssertionError(
          client.sendAsync(request, handler(fault)).get(20, TimeUnit.SECONDS).toString());
    } catch (ExecutionException e) {
      return e.getCause();
    }
  }

  @ParameterizedTest
  @EnumSource(Redirect.class)
  void aRedirectPolicyIsToldAndKept(Redirect policy) throws Exception {
    world.expectOthers();
    HttpRequest request = ClientWorld.get(world.upstream(Make.JETTY).origin() + "/to/302");
    HttpClient ours =
        world
            .session(
                s ->
                    s.redirects(
                        r ->
                            r.withMax(policy == Redirect.NEVER ? 0 : 5)
                                .withAllowDowngrade(policy == Redirect.ALWAYS)))
            .asHttpClient();

    assertThat(ours.followRedirects()).isEqualTo(policy);
    assertThat(ours.send(request, BodyHandlers.discarding()).statusCode())
        .isEqualTo(jdk(policy).send(request, BodyHandlers.discarding()).statusCode());
  }

  /** What is attached to the future sees the same wrapping. */
  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"REFUSED", "TIMEOUT", "HANDLER_THROWS"})
  void aDependentStageSeesTheSameWrapping(Fault fault) throws Exception {
    world.expectOthers();
    HttpRequest request = request(fault);

    Throwable jdk = handled(jdk(Redirect.NEVER), request, fault);
    Throwable ours = handled(world.session().asHttpClient(), request, fault);

    assertThat(ours).isExactlyInstanceOf(jdk.getClass());
    assertThat(ours.getCause()).isExactlyInstanceOf(jdk.getCause().getClass());
  }

  private static Throwable handled(HttpClient client, HttpRequest request, Fault fault)
      throws Exception {
    return client
        .sendAsync(request, handler(fault))
        .handle((response, failure) -> failure)
        .get(20, TimeUnit.SECONDS);
  }

  @ParameterizedTest
  @EnumSource(Make.class)
  void aCancelledCallEndsInTheSameWay(Make make) throws Exception {
    world.expectOthers();
    Upstream upstream = world.upstream(make);
    HttpRequest request = ClientWorld.get(upstream.origin() + "/gate");
    CompletableFuture<?> theirs = cancelled(jdk(Redirect.NEVER), request);
    CompletableFuture<?> ours = cancelled(world.session().asHttpClient(), request);
    // The JDK's client may end its own with the IOException of the exchange that it gives up first.
    assertThat(theirs).isCompletedExceptionally();
    assertThat(ours).isCancelled();
  }

  /** A call that its caller gave up, when it has ended. */
  private static CompletableFuture<?> cancelled(HttpClient client, HttpRequest request)
      throws InterruptedException {
    CompletableFuture<HttpResponse<String>> future =
        client.sendAsync(request, BodyHandlers.ofString());
    CountDownLatch told = new CountDownLatch(1);
    future.whenComplete((response, failure) -> told.countDown());
    future.cancel(true);
    assertThat(told.await(20, TimeUnit.SECONDS)).isTrue();
    return future;
  }

  private static HttpClient jdk(Redirect redirects) {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .followRedirects(redirects)
        .build();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
