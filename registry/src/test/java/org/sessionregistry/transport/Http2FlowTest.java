package org.sessionregistry.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionregistry.transport.Http2World.get;
import static org.sessionregistry.transport.Http2World.request;
import static org.sessionregistry.transport.Http2World.send;

import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Settings;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.sessionregistry.connector.Connection;
import org.sessionregistry.connector.ExchangeEvents.WireFailure.Kind;
import org.sessionregistry.transport.Http2World.Told;

/** Windows in both directions: who reads decides what comes, and the peer what goes. */
class Http2FlowTest {
  private static final int FRAME = 16_384;

  @RegisterExtension final Http2World world = new Http2World();

  // ---- bodies that come ----------------------------------------------------------------------

  @Test
  void aReaderWhoPausesHoldsBackThePeersWindowUntilHeGoesOn() throws Exception {
    Connection connection = world.open().connection();
    Told told = get(connection);
    world.peer.next("HEADERS");
    told.wantsMore = false;
    world.peer.head(1, false, ":status", "200");
    for (int i = 0; i < Http2Codec.STREAM_WINDOW / FRAME; i++) {
      world.peer.data(1, FRAME, false);
      assertThat(told.part()).isEqualTo(FRAME);
    }
    world.peer.settle();
    assertThat(world.peer.left()).as("no window for the stream").isEmpty();

    told.wantsMore = true;
    connection.resume(told);
    ScriptedHttp2.Frame update = world.peer.next("WINDOW_UPDATE");
    assertThat(update.stream()).isEqualTo(1);
    assertThat(update.length()).isEqualTo(Http2Codec.STREAM_WINDOW);
    world.peer.data(1, FRAME, true);
    told.awaitEnded();
  }

  @Test
  void manyReadersWhoPauseDoNotStallAnother() throws Exception {
    Connection connection = world.open().connection();
    List<Told> pausing = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      Told paused = get(connection);
      pausing.add(paused);
      paused.wantsMore = false;
      int stream = world.peer.next("HEADERS").stream();
      world.peer.head(stream, false, ":status", "200");
      for (int sent = 0; sent < Http2Codec.STREAM_WINDOW; sent += FRAME) {
        world.peer.data(stream, FRAME, false);
      }
    }
    Told reading = get(connection);
    int stream = world.peer.next("HEADERS").stream();
    world.peer.head(stream, false, ":status", "200");
    world.peer.data(stream, FRAME, true);
    reading.awaitEnded();
    assertThat(pausing).allMatch(paused -> !paused.end.isDone());
  }

  @Test
  void aPeerThatSendsMoreThanItsWindowLosesTheStream() throws Exception {
    Told told = get(world.open().connection());
    world.peer.next("HEADERS");
    told.wantsMore = false;
    world.peer.head(1, false, ":status", "200");
    for (int i = 0; i <= Http2Codec.STREAM_WINDOW / FRAME; i++) {
      world.peer.data(1, FRAME, false);
    }
    assertThat(told.failure().kind()).isEqualTo(Kind.INVALID);
    assertThat(world.peer.next("RST_STREAM").code())
        .isEqualTo(Http2Error.FLOW_CONTROL_ERROR.code());
  }

  // ---- bodies that go ------------------------------------------------------------------------

  @Test
  void aSmallBodyFollowsItsHead() throws Exception {
    Told told = send(world.open().connection(), request("POST", new byte[10], null, 10));
    assertThat(world.peer.next("HEADERS").end()).isFalse();
    ScriptedHttp2.Frame data = world.peer.next("DATA");
    assertThat(data.length()).isEqualTo(10);
    assertThat(data.end()).isTrue();
    told.sent.get(10, TimeUnit.SECONDS);
    assertThat(told.written).isEqualTo(10);
  }

  @Test
  void aTinyWindowIsRespected() throws Exception {
    Connection connection = world.open(new Http2Settings().initialWindowSize(3)).connection();
    Told told = send(connection, request("POST", new byte[10], null, 10));
    assertThat(world.peer.next("DATA").length()).isEqualTo(3);
    world.peer.settle();
    assertThat(world.peer.left()).isEmpty();
    assertThat(told.sent).isNotDone();
    world.peer.window(1, 1);
    assertThat(world.peer.next("DATA").length()).isEqualTo(1);
    world.peer.settings(new Http2Settings().initialWindowSize(9));
    ScriptedHttp2.Frame rest = world.peer.next("DATA");
    assertThat(rest.length()).isEqualTo(6);
    assertThat(rest.end()).isTrue();
    told.sent.get(10, TimeUnit.SECONDS);
  }

  @Test
  void aLargeBodyInMemoryGoesAsTheWindowOpens() throws Exception {
    Told told = send(world.open().connection(), request("POST", new byte[300_000], null, 300_000));
    long received = 0;
    while (received < 300_000) {
      ScriptedHttp2.Frame data = world.peer.next("DATA");
      received += data.length();
      if (data.length() > 0) {
        world.peer.window(0, data.length());
        world.peer.window(1, data.length());
      }
    }
    told.sent.get(10, TimeUnit.SECONDS);
    assertThat(told.written).isEqualTo(300_000);
  }

  /** A source of parts of one size without end that counts what it is asked for. */
  private static final class Source implements Flow.Publisher<ByteBuffer>, Flow.Subscription {
    final AtomicLong asked = new AtomicLong();
    final CompletableFuture<Void> cancelled = new CompletableFuture<>();
    private Flow.Subscriber<? super ByteBuffer> subscriber;

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> to) {
      subscriber = to;
      to.onSubscribe(this);
    }

    @Override
    public void request(long n) {
      asked.addAndGet(n);
      for (int i = 0; i < n; i++) {
        subscriber.onNext(ByteBuffer.allocate(FRAME));
      }
    }

    @Override
    public void cancel() {
      cancelled.complete(null);
    }
  }

  @Test
  void aSourceIsAskedForWhatTheWindowHasRoomForAndALittleMore() throws Exception {
    Source source = new Source();
    send(world.open().connection(), request("POST", null, source, -1));
    for (int i = 0; i < 3; i++) {
      world.peer.next("DATA");
    }
    world.peer.settle();
    long first = source.asked.get();
    assertThat(first * FRAME).isBetween(65_536L, 2 * 65_536L);

    world.peer.window(0, 65_536);
    world.peer.window(1, 65_536);
    world.peer.settle();
    assertThat(source.asked.get() - first).isBetween(1L, 8L);
  }

  @Test
  void aResponseThatIsWholeBeforeTheRequestEndsTheSource() throws Exception {
    Source source = new Source();
    Connection connection = world.open().connection();
    Told told = send(connection, request("POST", null, source, -1));
    world.peer.next("DATA");
    world.peer.head(1, true, ":status", "413");
    told.awaitEnded();
    assertThat(told.status()).isEqualTo(413);
    source.cancelled.get(10, TimeUnit.SECONDS);
    assertThat(world.peer.next("RST_STREAM").code()).isEqualTo(Http2Error.CANCEL.code());

    Told next = get(connection);
    world.peer.next("HEADERS");
    world.peer.head(3, true, ":status", "200");
    next.awaitEnded();
  }

  @Test
  void aResetOfThePeerEndsTheSource() throws Exception {
    Source source = new Source();
    Told told = send(world.open().connection(), request("POST", null, source, -1));
    world.peer.next("DATA");
    world.peer.reset(1, Http2Error.REFUSED_STREAM);
    assertThat(told.failure().kind()).isEqualTo(Kind.REFUSED);
    source.cancelled.get(10, TimeUnit.SECONDS);
  }

  @Test
  void aBodyLongerThanPromisedEndsItsStreamAndNoOther() throws Exception {
    Source source = new Source();
    Connection connection = world.open().connection();
    Told told = send(connection, request("POST", null, source, 10));
    assertThat(told.failure().kind()).isEqualTo(Kind.REQUEST_BODY);
    assertThat(world.peer.next("RST_STREAM").code()).isEqualTo(Http2Error.CANCEL.code());
    Told next = get(connection);
    assertThat(world.peer.next("HEADERS").stream()).isEqualTo(3);
    world.peer.head(3, true, ":status", "200");
    next.awaitEnded();
  }

  @Test
  void aConnectionThatIsLostEndsTheSource() throws Exception {
    Source source = new Source();
    Told told = send(world.open().connection(), request("POST", null, source, -1));
    world.peer.next("DATA");
    world.peer.hangUp();
    assertThat(told.failure().kind()).isEqualTo(Kind.CLOSED_UNANSWERED);
    source.cancelled.get(10, TimeUnit.SECONDS);
  }
}
