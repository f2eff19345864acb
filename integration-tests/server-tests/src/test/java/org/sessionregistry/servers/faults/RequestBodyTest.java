package org.sessionregistry.servers.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.sessionregistry.ClientSession;
import org.sessionregistry.RequestBody;
import org.sessionregistry.RequestBodyException;
import org.sessionregistry.Response;

/** A request's body that fails or lies fails the request, and the server never sees it whole. */
class RequestBodyTest {
  private static final byte[] PART = "part".getBytes();

  @RegisterExtension final Sessions sessions = new Sessions();

  static Stream<Arguments> bodiesThatFail() {
    return Stream.of(
        row("shorter than promised", ScriptedPublisher.of(PART, 2).body(10), "2 bytes shorter"),
        row(
            "empty, but not promised so",
            ScriptedPublisher.of(PART, 0).body(10),
            "10 bytes shorter"),
        row("longer than promised", ScriptedPublisher.of(PART, 3).body(10), "longer"),
        row("endless, but promised an end", ScriptedPublisher.endless(PART).body(10), "longer"),
        row("a publisher that fails", failing(2).body(), "disk on fire"),
        row("a publisher that fails at once", failing(0).body(), "disk on fire"),
        row("a publisher that refuses", RequestBody.ofPublisher(s -> fire()), "disk on fire"),
        row("a stream that fails", RequestBody.ofInputStream(brokenStream()), "disk on fire"),
        row("a stream that does not open", RequestBody.ofInputStream(() -> fire()), "disk on fire"),
        row("a body that does not open", new Broken(), "disk on fire"));
  }

  private static Arguments row(String what, RequestBody body, String says) {
    return Arguments.of(what, body, says);
  }

  private static ScriptedPublisher failing(long times) {
    return ScriptedPublisher.failing(PART, times, new IllegalStateException("disk on fire"));
  }

  private static InputStream fire() {
    throw new IllegalStateException("disk on fire");
  }

  private static InputStream brokenStream() {
    return new SequenceInputStream(
        new ByteArrayInputStream(PART),
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("disk on fire");
          }
        });
  }

  /** Fails before there is anything to subscribe to. */
  private static final class Broken implements RequestBody {
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
      throw new IllegalStateException("disk on fire");
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bodiesThatFail")
  void aBodyThatFailsFailsTheRequest(String what, RequestBody body, String says) throws Exception {
    AtomicBoolean seenWhole = new AtomicBoolean();
    ScriptedServer server =
        sessions.server(
            peer -> {
              peer.read();
              seenWhole.set(true);
              peer.send(Answers.OK);
            });
    ClientSession session = sessions.to(server);

    Failing.with(
        RequestBodyException.class, Sessions.request(session, "POST").body(body).sendAsync(), says);

    session.close();
    Await.until("the server has read to the end", () -> server.open() == 0);
    assertThat(seenWhole).isFalse();
  }

  @Test
  void aBodyThatFailsOnAReusedConnectionIsNotSentAgain() throws Exception {
    ScriptedServer server = sessions.server(peer -> peer.answerAll(Answers.OK));
    ClientSession session = sessions.to(server);
    Await.value(Sessions.whole(Sessions.get(session)));

    Failing.with(
        RequestBodyException.class,
        Sessions.request(session, "PUT").body(failing(1).body()).sendAsync(),
        "disk on fire");

    assertThat(server.accepted()).isEqualTo(1);
  }

  @Test
  void aBodyThatIsAsLongAsPromisedArrives() throws Exception {
    CompletableFuture<byte[]> arrived = new CompletableFuture<>();
    ScriptedServer server =
        sessions.server(
            peer -> {
              peer.readHead();
              arrived.complete(peer.readBody());
              peer.send(Answers.OK);
            });

    Response response =
        Sessions.request(sessions.to(server), "POST")
            .body(ScriptedPublisher.of(PART, 3).body(12))
            .send();

    assertThat(response.text()).isEqualTo("fine");
    assertThat(Await.value(arrived)).asString().isEqualTo("partpartpart");
  }
}
