package org.sessionregistry.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.sessionregistry.exchange.World.failure;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionregistry.ConnectionFailedException;
import org.sessionregistry.Headers;
import org.sessionregistry.InvalidResponseException;
import org.sessionregistry.QueueFullException;
import org.sessionregistry.RequestBody;
import org.sessionregistry.RequestBodyException;
import org.sessionregistry.Response;
import org.sessionregistry.SessionClosedException;
import org.sessionregistry.SessionException;
import org.sessionregistry.connector.Dialer.DialFailure;
import org.sessionregistry.connector.ExchangeEvents.WireFailure.Kind;
import org.sessionregistry.connector.OutgoingRequest;
import org.sessionregistry.connector.Route;
import org.sessionregistry.exchange.SessionContext.Stage;
import org.sessionregistry.settings.Priority;
import org.sessionregistry.settings.QueueSettings;

class ExchangeTest {

  // ---- the request ----------------------------------------------------------------------------

  @Test
  void aRequestGoesOutAsItWasBuilt() {
    World world = World.with(s -> s.header("Accept", "x"));
    world.send(world.request("PUT", "v?q").header("A", "1").body("grün"));

    OutgoingRequest sent = world.connection().request;
    assertThat(sent.method()).isEqualTo("PUT");
    assertThat(sent.target()).isEqualTo("/v?q");
    assertThat(Headers.of(sent.headers()).first("Accept")).contains("x");
    assertThat(Headers.of(sent.headers()).first("A")).contains("1");
    assertThat(sent.bytes()).isEqualTo("grün".getBytes(UTF_8));
    assertThat(sent.stream()).isNull();
    assertThat(sent.length()).isEqualTo(5);
  }

  @Test
  void aRequestGoesToItsOwnOrigin() {
    World world = World.simple();
    world.send(world.get("https://b:1/"));
    assertThat(world.dialer.dial(0).route).isEqualTo(new Route("https", "b", 1));
  }

  @Test
  void aPublisherGoesOutAsAStream() {
    World world = World.simple();
    Flow.Publisher<ByteBuffer> publisher = subscriber -> {};
    world.send(world.request("PUT", "/").body(RequestBody.ofPublisher(publisher, 7)));
    assertThat(world.connection().request.stream()).isSameAs(publisher);
    assertThat(world.connection().request.bytes()).isNull();
    assertThat(world.connection().request.length()).isEqualTo(7);
  }

  @Test
  void aStreamOfUnknownLengthHasTheLengthMinusOne() {
    World world = World.simple();
    world.send(world.request("PUT", "/").body(RequestBody.ofPublisher(subscriber -> {})));
    assertThat(world.connection().request.length()).isEqualTo(-1);
  }

  @Test
  void aBodyIsNotOpenedBeforeThereIsAConnection() {
    World world = World.simple();
    world.dialer.opensAtOnce = false;
    CountingBody body = new CountingBody();
    world.send(world.request("PUT", "/").body(body));
    assertThat(body.opened).isZero();

    world.dialer.dial(0).open();
    assertThat(body.opened).isEqualTo(1);
  }

  @Test
  void aRequestThatCannotBeSentAnywhereIsRefusedAndNotCounted() {
    World world = World.simple();
    assertThatIllegalArgumentException().isThrownBy(() -> world.send(world.get("ftp://a/")));
    assertThat(world.statistics().requests()).isZero();
  }

  // ---- the response ---------------------------------------------------------------------------

  @Test
  void theFutureCompletesWithTheHeadersBeforeTheBody() {
    World world = World.simple();
    CompletableFuture<Response> future = world.send(world.get("/x#f"));
    world.connection().sent();
    assertThat(future).isNotDone();

    world.connection().head(203, "ETag", "x", "Content-Length", "3");
    Response response = future.join();
    assertThat(response.status()).isEqualTo(203);
    assertThat(response.reason()).isEqualTo("Reason");
    assertThat(response.headers()).isEqualTo(Headers.of("ETag", "x", "Content-Length", "3"));
    assertThat(response.uri()).isEqualTo(URI.create("http://a/x#f"));
    assertThat(response.contentLength()).hasValue(3);
  }

  @Test
  void aResponseMayComeBeforeTheRequestIsSent() {
    World world = World.simple();
    CompletableFuture<Response> future = world.send();
    world.connection().head(413).end(0);
    assertThat(future.join().status()).isEqualTo(413);
    world.assertNothingIsLeft();
  }

  @Test
  void theConnectionServesTheNextRequestAfterTheLastByte() {
    World world = World.simple();
    world.send();
    world.connection().sent().head(200).data("x");
    world.send();
    assertThat(world.dialer.dials()).isEqualTo(2);

    world.dialer.connection(0).end();
    world.send();
    assertThat(world.dialer.dials()).isEqualTo(2);
    assertThat(world.dialer.connection(0).exchanges).isEqualTo(2);
  }

  @Test
  void whoeverWaitsForTheBodyFindsTheConnectionFree() throws Exception {
    World world = World.with(s -> s.pool(p -> p.withMaxConnections(1)));
    CompletableFuture<Response> second =
        world.send().thenCompose(Response::textAsync).thenCompose(text -> world.send());
    world.connection().respond(200, "x");

    assertThat(world.dialer.dials()).isEqualTo(1);
    assertThat(world.pool().peakWaiting()).isZero();
    world.connection().respond(200, "y");
    assertThat(second.join().text()).isEqualTo("y");
  }

  @Test
  void aConnectionThatThePeerDoesNotKeepIsClosed() {
    World world = World.simple();
    world.send();
    world.connection().sent().head(200).end(0);
    assertThat(world.connection().closed).isTrue();
    world.assertNothingIsLeft();
  }

  @ParameterizedTest(name = "session {0}, request {1}: {2} first")
  @CsvSource({"LOW, HIGH, request", "HIGH, LOW, session"})
  void aPriorityOfTheRequestWinsOverTheSessions(Priority session, Priority own, String first) {
    World world = World.with(s -> s.priority(session).pool(p -> p.withMaxConnections(1)));
    world.send();
    CompletableFuture<Response> ofSession = world.send();
    CompletableFuture<Response> ofRequest = world.send(world.get("/").priority(own));
    world.connection().respond(200, "");
    world.connection().respond(200, "");
    assertThat(first.equals("request") ? ofRequest : ofSession).isDone();
    assertThat(first.equals("request") ? ofSession : ofRequest).isNotDone();
  }

  @Test
  void aCookieThatIsSetIsSentWithTheNextRequest() {
    World world = World.simple();
    world.send();
    world.connection().sent().head(200, "Set-Cookie", "a=1", "set-cookie", "b=2").end();
    world.send();
    assertThat(Headers.of(world.connection().request.headers()).all("Cookie"))
        .containsExactly("a=1; b=2");
  }

  @Test
  void aCookieIsStoredBeforeTheApplicationHearsOfTheResponse() {
    World world = World.simple();
    List<Integer> cookies = new ArrayList<>();
    world.send().thenAccept(response -> cookies.add(world.cookies.cookies().size()));
    world.connection().sent().head(200, "Set-Cookie", "a=1");
    assertThat(cookies).containsExactly(1);
  }

  // ---- counters -------------------------------------------------------------------------------

  @Test
  void anExchangeIsInFlightUntilTheLastByteOfItsBody() {
    World world = World.simple();
    world.send();
    world.connection().sent().head(200).data("abc");
    assertThat(world.statistics().inFlight()).isEqualTo(1);
    assertThat(world.statistics().succeeded()).isZero();

    world.connection().end();
    assertThat(world.statistics().inFlight()).isZero();
    assertThat(world.statistics().succeeded()).isEqualTo(1);
    assertThat(world.statistics().bytesReceived()).isEqualTo(3);
  }

  @Test
  void bytesThatAreSentAreCounted() {
    World world = World.simple();
    world.send();
    world.connection().written(5).written(6);
    assertThat(world.statistics().bytesSent()).isEqualTo(11);
  }

  @Test
  void anErrorStatusIsASuccess() {
    World world = World.simple();
    world.send();
    world.connection().respond(500, "");
    assertThat(world.statistics().succeeded()).isEqualTo(1);
    assertThat(world.statistics().failed()).isZero();
  }

  // ---- failures -------------------------------------------------------------------------------

  @ParameterizedTest(name = "{0} is a {1}")
  @CsvSource({
    "HOST_NOT_FOUND, HostNotFoundException",
    "DNS_TIMEOUT, DnsTimeoutException",
    "CONNECT_FAILED, ConnectionFailedException",
    "CONNECT_TIMEOUT, ConnectTimeoutException",
    "TLS_FAILED, TlsFailedException",
    "TLS_UNTRUSTED, UntrustedCertificateException",
    "TLS_EXPIRED, ExpiredCertificateException",
    "TLS_WRONG_HOST, WrongHostException",
    "TLS_PIN_MISMATCH, PinMismatchException",
    "TLS_NEGOTIATION, TlsNegotiationException",
    "TLS_CLIENT_CERTIFICATE, ClientCertificateRefusedException",
    "TLS_CONFIGURATION, TlsConfigurationException",
    "TLS_TIMEOUT, TlsHandshakeTimeoutException",
  })
  void aDialThatFailsIsTold(DialFailure.Kind kind, String type) {
    World world = World.simple();
    world.dialer.opensAtOnce = false;
    CompletableFuture<Response> future = world.send();
    world.dialer.dial(0).fail(kind, new IOException("cause"));

    assertThat(failure(future)).extracting(e -> e.getClass().getSimpleName()).isEqualTo(type);
    assertThat(world.statistics().failed()).isEqualTo(1);
    world.assertNothingIsLeft();
  }

  @Test
  void aDialThatFailsTellsItsCause() {
    World world = World.simple();
    world.dialer.opensAtOnce = false;
    CompletableFuture<Response> future = world.send();
    IOException cause = new IOException("refused");
    world.dialer.dial(0).fail(DialFailure.Kind.CONNECT_FAILED, cause);
    assertThat(failure(future, ConnectionFailedException.class)).hasCause(cause);
  }

  @ParameterizedTest(name = "{0} is a {1}")
  @CsvSource({
    "NOT_SENT, ConnectionLostException",
    "CLOSED_UNANSWERED, ConnectionLostException",
    "CLOSED_EARLY, ConnectionLostException",
    "INVALID, InvalidResponseException",
    "HEADERS_TOO_LARGE, ResponseTooLargeException",
    "REQUEST_BODY, RequestBodyException",
  })
  void aFailureBeforeTheHeadersFailsTheFuture(Kind kind, String type) {
    World world = World.simple();
    CompletableFuture<Response> future = world.send();
    world.connection().fail(kind, new IOException("cause"));

    assertThat(failure(future)).extracting(e -> e.getClass().getSimpleName()).isEqualTo(type);
    assertThat(world.statistics().failed()).isEqualTo(1);
    world.assertNothingIsLeft();
  }

  @ParameterizedTest(name = "{0} is a {1}")
  @CsvSource({
    "TRUNCATED, TruncatedResponseException",
    "INVALID, InvalidResponseException",
    "REQUEST_BODY, RequestBodyException",
  })
  void aFailureAfterTheHeadersFailsTheBody(Kind kind, String type) {
    World world = World.simple();
    Response response = world.respondedHead();
    CompletableFuture<byte[]> bytes = response.bytesAsync();
    world.connection().data("x");
    world.connection().fail(kind);

    assertThat(failure(bytes)).extracting(e -> e.getClass().getSimpleName()).isEqualTo(type);
    assertThat(world.statistics().failed()).isEqualTo(1);
    world.assertNothingIsLeft();
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"NOT_SENT", "CLOSED_UNANSWERED", "INVALID", "HEADERS_TOO_LARGE", "REQUEST_BODY"})
  void aConnectionThatFailedIsNotUsedAgain(Kind kind) {
    World world = World.simple();
    world.send();
    world.connection().fail(kind);
    world.send();
    assertThat(world.dialer.dials()).isEqualTo(2);
  }

  @Test
  void aFullQueueFailsAtOnceWithThePoolAsItIs() {
    World world =
        World.with(s -> s.pool(p -> p.withMaxConnections(1)).queue(QueueSettings.ofMaxSize(0)));
    world.send();
    QueueFullException full = failure(world.send(), QueueFullException.class);
    assertThat(full.pool().orElseThrow().inUse()).isEqualTo(1);
    assertThat(full)
        .hasMessageContaining("the queue is off")
        .hasMessageContaining("client-session.s.pool.max-connections")
        .hasMessageContaining("client-session.s.queue.max-size");
  }

  @ParameterizedTest
  @EnumSource(value = Stage.class, names = "OPEN", mode = EnumSource.Mode.EXCLUDE)
  void aClosedSessionSendsNothing(Stage stage) {
    World world = World.simple();
    world.context.enter(stage);
    failure(world.send(), SessionClosedException.class);
    assertThat(world.dialer.dials()).isZero();
    assertThat(world.statistics().failed()).isEqualTo(1);
    world.assertNothingIsLeft();
  }

  @Test
  void aRequestThatWaitsWhenThePoolClosesFails() {
    World world = World.with(s -> s.pool(p -> p.withMaxConnections(1)));
    world.send();
    CompletableFuture<Response> waiting = world.send();
    world.pool.close(() -> {});
    failure(waiting, SessionClosedException.class);
  }

  @Test
  void anExchangeThatIsCutOffSaysWhatToChange() {
    World world = World.simple();
    CompletableFuture<Response> future = world.send();
    world.context.enter(Stage.CUT_OFF);
    world.pool.closeLeased();
    assertThat(failure(future, SessionClosedException.class))
        .hasMessageContaining("client-session-registry.shutdown-timeout");
  }

  @Test
  void everyFailureTellsSessionMethodUriAndPhases() {
    World world = World.simple();
    CompletableFuture<Response> future = world.send(world.request("PUT", "/x?token=s3cr3t"));
    world.connection().fail(Kind.INVALID);
    SessionException failure = failure(future, InvalidResponseException.class);
    assertThat(failure.detail().session()).isEqualTo("s");
    assertThat(failure.detail().method()).isEqualTo("PUT");
    assertThat(failure.detail().uri()).isEqualTo(URI.create("http://a/x?token=s3cr3t"));
    assertThat(failure.getMessage()).doesNotContain("s3cr3t");
  }

  // ---- bodies that throw ----------------------------------------------------------------------

  @Test
  void aBodyThatCannotBeOpenedFailsItsOwnExchangeAndLeavesTheConnection() {
    World world = World.simple();
    RuntimeException bug = new IllegalStateException("bug");
    CompletableFuture<Response> future =
        world.send(world.request("PUT", "/").body(new ThrowingBody(bug)));

    assertThat(failure(future, RequestBodyException.class)).hasCause(bug);
    assertThat(world.connection().exchanges).isZero();
    assertThat(world.connection().closed).isFalse();
    world.assertNothingIsLeft();
  }

  @Test
  void aBodyThatCannotBeOpenedDoesNotDisturbTheExchangeBeforeIt() throws Exception {
    World world = World.with(s -> s.pool(p -> p.withMaxConnections(1)));
    CompletableFuture<Response> first = world.send();
    CompletableFuture<Response> second =
        world.send(world.request("PUT", "/").body(new ThrowingBody(new IllegalStateException())));
    world.connection().respond(200, "fine");

    assertThat(first.join().text()).isEqualTo("fine");
    failure(second, RequestBodyException.class);
    world.assertNothingIsLeft();
  }

  /** A body that counts how often it was opened. */
  private static final class CountingBody extends StreamedBody {
    int opened;

    @Override
    public Flow.Publisher<ByteBuffer> open(Executor blocking) {
      opened++;
      return subscriber -> {};
    }
  }

  /** A body that does not keep the contract. */
  private static final class ThrowingBody extends StreamedBody {
    private final RuntimeException bug;

    ThrowingBody(RuntimeException bug) {
      this.bug = bug;
    }

    @Override
    public Flow.Publisher<ByteBuffer> open(Executor blocking) {
      throw bug;
    }
  }

  private abstract static class StreamedBody implements RequestBody {
    @Override
    public Optional<String> contentType() {
      return Optional.empty();
    }

    @Override
    public OptionalLong contentLength() {
      return OptionalLong.empty();
    }

    @Override
    public boolean replayable() {
      return true;
    }
  }
}
