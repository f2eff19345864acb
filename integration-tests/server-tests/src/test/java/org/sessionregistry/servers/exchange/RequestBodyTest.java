package org.sessionregistry.servers.exchange;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionregistry.ClientSession;
import org.sessionregistry.RequestBody;
import org.sessionregistry.RequestBodyException;

/** Bodies of requests, as a server reads them. */
@ParameterizedClass
@EnumSource(
    value = PeerKind.class,
    names = {"JETTY", "UNDERTOW"})
class RequestBodyTest {
  private static final byte[] LARGE = new byte[1_000_003];

  static {
    new Random(11).nextBytes(LARGE);
  }

  @Parameter PeerKind kind;

  @RegisterExtension final World world = new World();

  @Test
  void bytesAreSentWithTheirLengthAndType() throws Exception {
    Seen seen = send(RequestBody.ofBytes(LARGE));

    assertThat(seen.body()).isEqualTo(LARGE);
    assertThat(seen.header("Content-Length")).containsExactly("1000003");
    assertThat(seen.header("Transfer-Encoding")).isEmpty();
    assertThat(seen.header("Content-Type")).containsExactly("application/octet-stream");
  }

  @Test
  void textIsSentInUtf8() throws Exception {
    Seen seen = send(RequestBody.ofText("Grüße"));

    assertThat(seen.text()).isEqualTo("Grüße");
    assertThat(seen.header("Content-Length")).containsExactly("7");
    assertThat(type(seen)).isEqualTo("text/plain;charset=utf-8");
  }

  @Test
  void textIsSentInAnotherCharsetThatTheTypeNames() throws Exception {
    Seen seen = send(RequestBody.ofText("<ä/>", "application/xml", ISO_8859_1));

    assertThat(seen.body()).isEqualTo("<ä/>".getBytes(ISO_8859_1));
    assertThat(type(seen)).isEqualTo("application/xml;charset=iso-8859-1");
  }

  @Test
  void aContentTypeOfTheRequestWinsOverThatOfTheBody() throws Exception {
    Peer peer = world.echo(kind);

    world.session(peer).post("/").header("content-type", "text/csv").body("a,b").send().bytes();

    assertThat(peer.next().header("Content-Type")).containsExactly("text/csv");
  }

  @Test
  void aStreamOfUnknownLengthIsSentInChunksAndClosed() throws Exception {
    AtomicBoolean closed = new AtomicBoolean();
    InputStream stream =
        new ByteArrayInputStream(LARGE) {
          @Override
          public void close() {
            closed.set(true);
          }
        };

    Seen seen = send(RequestBody.ofInputStream(stream));

    assertThat(seen.body()).isEqualTo(LARGE);
    assertThat(seen.header("Transfer-Encoding")).containsExactly("chunked");
    assertThat(seen.header("Content-Length")).isEmpty();
    assertThat(closed).isTrue();
  }

  @Test
  void anEmptyStreamIsAnEmptyChunkedBody() throws Exception {
    Seen seen = send(RequestBody.ofInputStream(InputStream.nullInputStream()));

    assertThat(seen.body()).isEmpty();
    assertThat(seen.header("Transfer-Encoding")).containsExactly("chunked");
  }

  @Test
  void aStreamThatCanBeOpenedAgainIsSentByEveryRequest() throws Exception {
    Peer peer = world.echo(kind);
    ClientSession session = world.session(peer);
    RequestBody body = RequestBody.ofInputStream(() -> new ByteArrayInputStream(LARGE));

    assertThat(session.post("/").body(body).send().bytes()).isEqualTo(LARGE);
    assertThat(session.post("/").body(body).send().bytes()).isEqualTo(LARGE);
  }

  @Test
  void aFileIsSentWithItsLength(@TempDir Path directory) throws Exception {
    Path file = Files.write(directory.resolve("file"), LARGE);

    Seen seen = send(RequestBody.ofFile(file));

    assertThat(seen.body()).isEqualTo(LARGE);
    assertThat(seen.header("Content-Length")).containsExactly("1000003");
    assertThat(seen.header("Transfer-Encoding")).isEmpty();
  }

  @Test
  void anEmptyFileIsSentAsNothing(@TempDir Path directory) throws Exception {
    Seen seen = send(RequestBody.ofFile(Files.createFile(directory.resolve("file"))));

    assertThat(seen.body()).isEmpty();
    assertThat(seen.header("Content-Length")).containsExactly("0");
  }

  @Test
  void aFileThatGrewOrShrankFailsTheRequest(@TempDir Path directory) throws Exception {
    Path file = Files.write(directory.resolve("file"), LARGE);
    RequestBody body = RequestBody.ofFile(file);

    Files.write(file, new byte[LARGE.length - 1]);
    assertFails(body, "1 bytes shorter");
    Files.write(file, new byte[LARGE.length + 1]);
    assertFails(body, "longer");
  }

  @Test
  void aPublisherOfUnknownLengthIsSentInChunks() throws Exception {
    Seen seen = send(RequestBody.ofPublisher(parts("one, ", "two, ", "three")));

    assertThat(seen.text()).isEqualTo("one, two, three");
    assertThat(seen.header("Transfer-Encoding")).containsExactly("chunked");
    assertThat(seen.header("Content-Type")).isEmpty();
  }

  @Test
  void aPublisherOfKnownLengthIsSentWithIt() throws Exception {
    Seen seen = send(RequestBody.ofPublisher(parts("one, ", "", "two"), 8));

    assertThat(seen.text()).isEqualTo("one, two");
    assertThat(seen.header("Content-Length")).containsExactly("8");
  }

  @Test
  void aPublisherThatSignalsOnThreadsOfItsOwnIsSent() throws Exception {
    Peer peer = world.echo(kind);
    try (SubmissionPublisher<ByteBuffer> publisher = new SubmissionPublisher<>()) {
      var response =
          world.session(peer).post("/").body(RequestBody.ofPublisher(publisher)).sendAsync();
      Wait.until("the subscription", publisher::hasSubscribers);
      for (int i = 0; i < 1000; i++) {
        publisher.submit(ByteBuffer.wrap((i + "\n").getBytes(UTF_8)));
      }
      publisher.close();

      assertThat(Wait.on(Wait.on(response).textAsync()).lines()).hasSize(1000);
    }
  }

  @Test
  void aPublisherThatGivesLessThanItPromisedFailsTheRequest() throws Exception {
    assertFails(RequestBody.ofPublisher(parts("12345"), 6), "1 bytes shorter");
  }

  @Test
  void aPublisherThatGivesMoreThanItPromisedFailsTheRequest() throws Exception {
    assertFails(RequestBody.ofPublisher(parts("12345", "67"), 6), "longer");
  }

  @Test
  void aStreamThatFailsFailsTheRequestWithItsReason() throws Exception {
    RequestBody body =
        RequestBody.ofInputStream(
            new InputStream() {
              @Override
              public int read() throws IOException {
                throw new IOException("the disk is gone");
              }
            });

    assertFails(body, "the disk is gone");
  }

  @Test
  void aPublisherThatRefusesItsSubscriberFailsTheRequest() throws Exception {
    Flow.Publisher<ByteBuffer> refusing =
        subscriber -> {
          throw new IllegalStateException("no subscribers today");
        };

    assertFails(RequestBody.ofPublisher(refusing), "no subscribers today");
  }

  @Test
  void aPublisherWhoseSubscriptionThrowsFailsTheRequest() throws Exception {
    Flow.Subscription throwing =
        new Flow.Subscription() {
          @Override
          public void request(long n) {
            throw new IllegalStateException("nothing today");
          }

          @Override
          public void cancel() {}
        };

    assertFails(RequestBody.ofPublisher(s -> s.onSubscribe(throwing)), "nothing today");
  }

  @Test
  void aStreamThatCannotBeOpenedFailsTheRequest() throws Exception {
    assertFails(
        RequestBody.ofInputStream(
            () -> {
              throw new IllegalStateException("no such stream");
            }),
        "no such stream");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aBodyThatCannotBeOpenedFailsTheRequestAndNoOther(boolean reused) throws Exception {
    Peer peer = world.echo(kind);
    ClientSession session = world.session(peer);
    if (reused) {
      session.get("/").send().bytes();
    }

    assertThatThrownBy(() -> session.post("/").body(new UnopenedBody()).send())
        .isInstanceOf(RequestBodyException.class)
        .hasMessageContaining("cannot be opened");

    World.assertQuiet(world.registryOf(session));
    assertThat(session.get("/").send().status()).isEqualTo(200);
  }

  /** A body of an application's own. */
  private record UnopenedBody() implements RequestBody {
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
      throw new IllegalStateException("cannot be opened");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "PATCH"})
  void anEmptyRequestWhereABodyIsExpectedSaysThatItHasNone(String method) throws Exception {
    Peer peer = world.echo(kind);

    world.session(peer).request(method, "/").send().bytes();

    Seen seen = peer.next(); // RFC 9110 section 8.6
    assertThat(seen.header("Content-Length")).containsExactly("0");
    assertThat(seen.header("Content-Type")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "DELETE", "OPTIONS", "PURGE"})
  void anEmptyRequestWhereNoBodyIsExpectedSaysNothing(String method) throws Exception {
    Peer peer = world.echo(kind);

    world.session(peer).request(method, "/").send().bytes();

    Seen seen = peer.next(); // RFC 9110 section 8.6
    assertThat(seen.method()).isEqualTo(method);
    assertThat(seen.header("Content-Length")).isEmpty();
    assertThat(seen.header("Transfer-Encoding")).isEmpty();
    assertThat(seen.header("Content-Type")).isEmpty();
  }

  private Seen send(RequestBody body) throws Exception {
    Peer peer = world.echo(kind);
    ClientSession session = world.session(peer);
    byte[] echoed = session.post("/").body(body).send().bytes();
    Seen seen = peer.next();
    assertThat(echoed).isEqualTo(seen.body());
    assertThat(session.statistics().bytesSent()).isEqualTo(seen.body().length);
    assertThat(session.statistics().bytesReceived()).isEqualTo(seen.body().length);
    return seen;
  }

  private void assertFails(RequestBody body, String message) {
    Peer peer = world.peer(kind, call -> call.reply(call.see().body()));
    ClientSession session = world.session(peer);

    assertThatThrownBy(() -> session.post("/").body(body).send().bytes())
        .isInstanceOf(RequestBodyException.class)
        .hasMessageContaining(message)
        .hasMessageContaining(session.name());
    World.assertQuiet(world.registryOf(session));
    Wait.until("no connection", () -> peer.openConnections() == 0);
    assertThat(session.statistics().failed()).isOne();
  }

  /** The type as it was sent, but for case and white space, which servers may change. */
  private static String type(Seen seen) {
    assertThat(seen.header("Content-Type")).hasSize(1);
    return seen.header("Content-Type").get(0).replace(" ", "").toLowerCase(Locale.ROOT);
  }

  private static Flow.Publisher<ByteBuffer> parts(String... parts) {
    return new CountingPublisher(parts.length, i -> ByteBuffer.wrap(parts[i].getBytes(UTF_8)));
  }
}
