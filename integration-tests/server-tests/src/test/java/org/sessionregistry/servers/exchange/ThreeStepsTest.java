package org.sessionregistry.servers.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionregistry.ClientSession;
import org.sessionregistry.HttpVersion;
import org.sessionregistry.Response;
import org.sessionregistry.ResponseClosedException;

/** Open a session, send, read: none of the three does more than it says. */
@ParameterizedClass
@EnumSource(
    value = PeerKind.class,
    names = {"JETTY", "UNDERTOW"})
class ThreeStepsTest {
  /** More than the socket buffers of both ends can ever hold. */
  private static final int MOST_IN_BUFFERS = 48 << 20;

  private static final int PART = 64 * 1024;

  @Parameter PeerKind kind;

  @RegisterExtension final World world = new World();

  @Test
  void openingASessionConnectsToNobody() {
    Peer peer = world.echo(kind);

    ClientSession session = world.session(peer);

    assertThat(session.statistics().pool().opened()).isZero();
    assertThat(peer.peakConnections()).isZero();
  }

  @Test
  void theFutureCompletesWithTheHeadersWhileTheServerHoldsTheBodyBack() throws Exception {
    CountDownLatch gate = world.gate();
    Peer peer =
        world.peer(
            kind,
            call -> {
              try (OutputStream out = call.status(203).header("X-Step", "two").output()) {
                out.flush();
                Wait.on(gate);
                out.write("step three".getBytes());
              }
            });
    ClientSession session = world.session(peer);

    Response response = Wait.on(session.get("/steps?n=3").sendAsync());
    CompletableFuture<String> text = response.textAsync();

    assertThat(response.status()).isEqualTo(203);
    assertThat(response.isSuccessful()).isTrue();
    assertThat(response.version()).isEqualTo(HttpVersion.HTTP_1_1);
    assertThat(response.headers().first("x-step")).contains("two");
    assertThat(response.uri()).hasToString(peer.origin() + "/steps?n=3");
    assertThat(text).isNotDone();
    assertThat(session.statistics().inFlight()).isOne();

    gate.countDown();

    assertThat(Wait.on(text)).isEqualTo("step three");
    assertThat(session.statistics().succeeded()).isOne();
  }

  @Test
  void aBodyThatNobodyReadsStopsTheServerAndGoesOnWhenItIsRead() throws Exception {
    long size = 128L << 20;
    AtomicLong written = new AtomicLong();
    Peer peer = world.peer(kind, call -> write(call, size, written));
    ClientSession session = world.session(peer);

    try (Response response = session.get("/large").send()) {
      long stopped = Wait.untilStill(written::get);

      assertThat(stopped).isLessThan(MOST_IN_BUFFERS);
      assertThat(session.statistics().bytesReceived()).isLessThan(1 << 20);

      InputStream stream = response.inputStream();
      assertThat(stream.readNBytes(PART)).isEqualTo(part(0));
      assertThat(readParts(stream, 1)).isEqualTo(size);
    }
    assertThat(written).hasValue(size);
    assertThat(session.statistics().bytesReceived()).isEqualTo(size);
  }

  @Test
  void aReaderThatPausesStopsTheServerAgain() throws Exception {
    long size = 192L << 20;
    AtomicLong written = new AtomicLong();
    Peer peer = world.peer(kind, call -> write(call, size, written));
    ClientSession session = world.session(peer);

    try (Response response = session.get("/large").send()) {
      InputStream stream = response.inputStream();
      stream.skipNBytes(64 << 20);
      long stopped = Wait.untilStill(written::get);

      assertThat(stopped - (64 << 20)).isLessThan(MOST_IN_BUFFERS);
      assertThat(session.statistics().bytesReceived() - (64 << 20)).isLessThan(1 << 20);
      assertThat(readParts(stream, (64 << 20) / PART)).isEqualTo(size);
    }
  }

  @Test
  void aResponseThatIsClosedEarlyKeepsItsConnectionWhenLittleIsLeft() throws Exception {
    Peer peer = world.peer(kind, call -> call.reply("a little"));
    ClientSession session = world.session(peer);

    for (int i = 0; i < 5; i++) {
      session.get("/").send().close();
      Wait.until("the end of the exchange", () -> session.statistics().inFlight() == 0);
    }

    assertThat(session.statistics().pool().opened()).isOne();
    assertThat(peer.usedConnections()).isOne();
  }

  @Test
  void aResponseThatIsClosedEarlyClosesItsConnectionWhenMuchIsLeft() throws Exception {
    AtomicLong written = new AtomicLong();
    Peer peer = world.peer(kind, call -> write(call, 64 << 20, written));
    ClientSession session = world.session(peer);

    session.get("/").send().close();

    Wait.until("no connection", () -> peer.openConnections() == 0);
    World.assertQuiet(world.registryOf(session));
    assertThat(session.statistics().cancelled()).isOne();
    assertThat(session.statistics().pool().idle()).isZero();
  }

  @Test
  void aResponseThatIsClosedWhileTheServerPausesClosesItsConnection() throws Exception {
    CountDownLatch gate = world.gate();
    Peer peer =
        world.peer(
            kind,
            call -> {
              try (OutputStream out = call.output()) {
                out.flush();
                Wait.on(gate);
              }
            });
    ClientSession session = world.session(peer);

    Response response = session.get("/").send();
    response.close();
    response.close();

    Wait.until("the end of the exchange", () -> session.statistics().inFlight() == 0);
    assertThat(session.statistics().pool().idle()).isZero();
    assertThatThrownBy(response::text)
        .isInstanceOf(ResponseClosedException.class)
        .hasMessageContaining("closed");
    gate.countDown();
  }

  @Test
  void responsesWithoutABodyAreOverAtTheirHeaders() throws Exception {
    Peer peer =
        world.peer(
            kind,
            call -> {
              switch (call.target()) {
                case "/204" -> call.status(204);
                case "/304" -> call.status(304).header("ETag", "\"one\"");
                case "/empty" -> call.header("Content-Length", "0");
                default -> call.reply("only its headers");
              }
            });
    ClientSession session = world.session(peer);

    assertThat(session.get("/204").send().bytes()).isEmpty();
    assertThat(session.get("/304").send().bytes()).isEmpty();
    assertThat(session.get("/empty").send().bytes()).isEmpty();
    Response head = session.head("/").send();
    assertThat(head.contentLength()).hasValue(16);
    assertThat(head.text()).isEmpty();
    assertThat(session.statistics().pool().opened()).isOne();
  }

  @Test
  void aFutureThatIsCancelledBeforeTheHeadersEndsItsExchange() throws Exception {
    CountDownLatch gate = world.gate();
    Peer peer =
        world.peer(
            kind,
            call -> {
              Wait.on(gate);
              call.reply("too late");
            });
    ClientSession session = world.session(peer);
    CompletableFuture<Response> future = session.get("/").sendAsync();
    Wait.until("the request at the server", () -> peer.active() == 1);

    assertThat(future.cancel(true)).isTrue();

    World.assertQuiet(world.registryOf(session));
    assertThat(session.statistics().cancelled()).isOne();
    gate.countDown();
    Wait.until("no connection", () -> peer.openConnections() == 0);
  }

  @Test
  void anInterruptedCallerLeavesNothingBehind() throws Exception {
    CountDownLatch gate = world.gate();
    Peer peer =
        world.peer(
            kind,
            call -> {
              Wait.on(gate);
              call.reply("too late");
            });
    ClientSession session = world.session(peer);
    CompletableFuture<Throwable> thrown = new CompletableFuture<>();
    Thread caller =
        new Thread(
            () -> {
              try {
                session.get("/").send();
              } catch (Throwable e) {
                thrown.complete(e);
              }
            });
    caller.start();
    Wait.until("the request at the server", () -> peer.active() == 1);

    caller.interrupt();

    assertThat(Wait.on(thrown)).isInstanceOf(InterruptedException.class);
    caller.join();
    World.assertQuiet(world.registryOf(session));
  }

  private static void write(Call call, long size, AtomicLong written) throws IOException {
    call.header("Content-Length", Long.toString(size));
    try (OutputStream out = call.output()) {
      for (long at = 0; at < size; at += PART) {
        out.write(part(at));
        out.flush();
        written.addAndGet(PART);
      }
    }
  }

  /** Every part is another. */
  private static byte[] part(long at) {
    byte[] part = new byte[PART];
    for (int i = 0; i < PART; i += 8) {
      long number = at + i;
      for (int b = 0; b < 8; b++) {
        part[i + b] = (byte) (number >> (8 * b));
      }
    }
    return part;
  }

  /** The number of bytes up to the end, those of the parts that were read before included. */
  private static long readParts(InputStream stream, int number) throws IOException {
    long at = (long) number * PART;
    byte[] read = stream.readNBytes(PART);
    while (read.length > 0) {
      if (!Arrays.equals(read, part(at))) {
        throw new AssertionError("other bytes than were sent from " + at);
      }
      at += read.length;
      read = stream.readNBytes(PART);
    }
    return at;
  }
}
