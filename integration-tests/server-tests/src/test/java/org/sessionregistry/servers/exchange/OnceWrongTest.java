package org.sessionregistry.servers.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionregistry.ClientSession;
import org.sessionregistry.RequestBody;
import org.sessionregistry.RequestBodyException;
import org.sessionregistry.Response;
import org.sessionregistry.SessionClosedException;
import org.sessionregistry.SessionRegistry;
import org.sessionregistry.settings.RegistrySettings;
import org.sessionregistry.settings.SessionSettings;

/** What once went wrong, against real servers. */
class OnceWrongTest {
  @RegisterExtension final World world = new World();

  /** A body of one's own, as the public interface invites to write. */
  private static class OwnBody implements RequestBody {
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
      return false;
    }

    @Override
    public Flow.Publisher<ByteBuffer> open(Executor blocking) {
      return new CountingPublisher(1, i -> ByteBuffer.allocate(1));
    }
  }

  // ---- header injection ----

  @ParameterizedTest
  @ValueSource(strings = {"text/plain\r\nX-Trace: evil", "text/plain\nX-Trace: evil", "a\0b"})
  void aContentTypeThatCouldEndTheLineIsRefused(String type) throws Exception {
    Peer peer = world.echo(PeerKind.UNDERTOW);
    ClientSession session = world.session(peer);
    Throwable thrown =
        catchThrowable(
            () -> session.post("/").body(RequestBody.ofBytes(new byte[1], type)).send().bytes());
    if (thrown == null) {
      assertThat(peer.next().header("X-Trace")).as("what was smuggled in").isEmpty();
    }
    assertThat(thrown).isInstanceOf(IllegalArgumentException.class);
  }

  // ---- bodies that throw ----

  private void failsWell(RequestBody body, boolean reused) throws Exception {
    Peer peer = world.echo(PeerKind.UNDERTOW);
    ClientSession session = world.session(peer);
    if (reused) {
      session.get("/").send().bytes();
    }
    CompletableFuture<Response> sent;
    try {
      sent = session.post("/").body(body).sendAsync();
    } catch (RuntimeException e) {
      assertThat(
              Wait.isReached(
                  Duration.ofSeconds(3),
                  () ->
                      session.statistics().inFlight() == 0
                          && session.statistics().pool().inUse() == 0))
          .as("nothing left; sendAsync threw " + e)
          .isTrue();
      throw e;
    }
    assertThat(Wait.isReached(Duration.ofSeconds(3), sent::isDone))
        .as("the future is done")
        .isTrue();
    assertThat(Wait.failure(sent)).isInstanceOf(RequestBodyException.class);
  }

  @RepeatedTest(10)
  void aBodyThatCannotBeOpenedSparesTheConnection() throws Exception {
    Peer peer = world.echo(PeerKind.JETTY);
    ClientSession session = world.session(peer);
    session.get("/").send().bytes();
    RequestBody body =
        new OwnBody() {
          @Override
          public Flow.Publisher<ByteBuffer> open(Executor blocking) {
            throw new IllegalStateException("cannot be opened");
          }
        };
    assertThat(Wait.failure(session.post("/").body(body).sendAsync()))
        .isInstanceOf(RequestBodyException.class);
    World.assertQuiet(world.registryOf(session));
    assertThat(session.get("/").send().status()).isEqualTo(200);
    assertThat(session.statistics().pool().opened()).isOne();
  }

  @Test
  void aStreamThatThrowsAnErrorFailsTheRequest() throws Exception {
    failsWell(
        RequestBody.ofInputStream(
            new InputStream() {
              @Override
              public int read() {
                throw new StackOverflowError("in the stream");
              }
            }),
        false);
  }

  @Test
  void aPublisherWhoseCancelThrowsDoesNotKeepTheFailureFromTheCaller() throws Exception {
    CountDownLatch gate = world.gate();
    Peer peer =
        world.peer(
            PeerKind.JETTY,
            call -> {
              Wait.on(gate);
              throw new java.io.IOException("gone");
            });
    ClientSession session = world.session(peer);
    CompletableFuture<Response> sent =
        session
            .post("/")
            .body(
                RequestBody.ofPublisher(
                    s ->
                        s.onSubscribe(
                            new Flow.Subscription() {
                              @Override
                              public void request(long n) {}

                              @Override
                              public void cancel() {
                                throw new IllegalStateException("no");
                              }
                            })))
            .sendAsync();
    Wait.until("the request at the server", () -> peer.active() == 1);
    session.closeAsync();
    // cut off after the shutdown time-out of two seconds
    assertThat(Wait.isReached(Duration.ofSeconds(6), sent::isDone)).isTrue();
  }

  // ---- an early answer ----

  @RepeatedTest(10)
  void anAnswerThatComesBeforeTheUploadIsOverIsNotLost() throws Exception {
    Peer peer = world.peer(PeerKind.JETTY, call -> call.status(413).reply("too large"));
    ClientSession session = world.session(peer);
    CountingPublisher publisher = new CountingPublisher(4096, i -> ByteBuffer.allocate(65536));

    Response response = session.put("/").body(RequestBody.ofPublisher(publisher)).send();

    assertThat(response.status()).isEqualTo(413);
    assertThat(response.text()).isEqualTo("too large");
  }

  // ---- targets ----

  @ParameterizedTest
  @ValueSource(strings = {"..", ".", "../admin"})
  void aVariableCannotLeaveItsSegment(String value) throws Exception {
    Peer peer = world.echo(PeerKind.UNDERTOW);
    ClientSession session = world.session(peer);

    Throwable thrown =
        catchThrowable(
            () -> session.get("/users/{user}/profile").path("user", value).send().bytes());

    if (thrown == null) {
      assertThat(peer.next().target())
          .startsWith("/users/")
          .endsWith("/profile")
          .hasSizeGreaterThan(15);
    } else {
      assertThat(thrown).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @ParameterizedTest
  @CsvSource({"/a/../b, /b", "/./b, /b", "/a/b/.., /a/"})
  void dotSegmentsOfAnAbsoluteUriAreRemoved(String path, String target) throws Exception {
    Peer peer = world.echo(PeerKind.UNDERTOW); // RFC 3986 section 5.2.2
    world.session(s -> s).get(peer.origin() + path).send().bytes();
    assertThat(peer.next().target()).isEqualTo(target);
  }

  @Test
  void dotSegmentsOfAnAbsoluteUriWithBaseAreRemoved() throws Exception {
    Peer peer = world.echo(PeerKind.UNDERTOW); // RFC 3986 section 5.2.2
    world.session(peer).get(peer.origin() + "/a/../b").send().bytes();
    assertThat(peer.next().target()).isEqualTo("/b");
  }

  @Test
  void charactersAreNotNormalised() throws Exception {
    Peer peer = world.echo(PeerKind.UNDERTOW);
    world.session(peer).get("/e\u0301").send().bytes();
    assertThat(peer.next().target()).isEqualTo("/e%CC%81");
  }

  // ---- closing ----

  @Test
  void aRequestThatIsCutOffOnAReusedConnectionSaysThatItWasCutOff() throws Exception {
    CountDownLatch gate = world.gate();
    Peer peer =
        world.peer(
            PeerKind.UNDERTOW,
            call -> {
              if (call.target().equals("/held")) {
                Wait.on(gate);
              }
              call.reply("");
            });
    SessionRegistry registry =
        world.registry(RegistrySettings.DEFAULTS.withShutdownTimeout(Duration.ofMillis(200)));
    ClientSession session =
        registry.open(SessionSettings.builder("s").baseUrl(peer.origin()).build());
    session.get("/").send().bytes();
    CompletableFuture<Response> held = session.get("/held").sendAsync();
    Wait.until("at the server", () -> peer.active() == 1);
    registry.close();
    assertThat(Wait.failure(held))
        .isInstanceOf(SessionClosedException.class)
        .hasMessageNotContaining("nothing was sent")
        .hasMessageContaining("shutdown-timeout");
  }

  @Test
  void closingTwiceGivesTheSameStage() {
    SessionRegistry registry = world.registry();
    assertThat(registry.closeAsync() == registry.closeAsync()).isTrue();
  }

  // ---- loading ----

  @Test
  void aPublisherThatRefusedNobodyServesTheNextSubscriber() throws Exception {
    Peer peer = world.peer(PeerKind.JETTY, call -> call.reply("text"));
    Flow.Publisher<ByteBuffer> body = world.session(peer).get("/").send().body();
    assertThatThrownBy(() -> body.subscribe(null)).isInstanceOf(NullPointerException.class);
    RecordingSubscriber subscriber = new RecordingSubscriber();
    body.subscribe(subscriber);
    subscriber.request(1);
    subscriber.assertCompleted();
  }

  @Test
  void aStreamThatWasClosedGivesNothingMore() throws Exception {
    Peer peer = world.peer(PeerKind.JETTY, call -> call.reply("x".repeat(1000)));
    InputStream stream = world.session(peer).get("/").send().inputStream();
    stream.read();
    stream.close();
    assertThatThrownBy(stream::read).isInstanceOf(java.io.IOException.class);
  }

  // ---- charset ----

  @Test
  void aParameterWhoseNameEndsLikeCharsetIsNotTheCharset() throws Exception {
    Peer peer =
        world.peer(
            PeerKind.JETTY,
            call ->
                call.header("Content-Type", "text/plain; x-charset=utf-16; charset=utf-8")
                    .reply("ü"));
    assertThat(world.session(peer).get("/").send().text()).isEqualTo("ü");
  }
}
