package org.sessionregistry.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionregistry.transport.Http2World.request;
import static org.sessionregistry.transport.Http2World.send;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.sessionregistry.connector.ExchangeEvents.WireFailure.Kind;
import org.sessionregistry.connector.OutgoingRequest;
import org.sessionregistry.transport.Http2World.Told;

/** What comes before a response and after a body, on a stream (RFC 9113 section 8.1). */
class Http2ContinueTest {
  private static final long LONG = TimeUnit.MINUTES.toNanos(1);

  @RegisterExtension final Http2World world = new Http2World();

  private static OutgoingRequest upload(long wait, String... trailers) {
    OutgoingRequest plain = request("POST", new byte[10], null, 0);
    return new OutgoingRequest(
        plain.method(),
        plain.target(),
        plain.block(),
        plain.bytes(),
        null,
        0,
        wait,
        trailers.length == 0 ? null : () -> trailers);
  }

  @Test
  void aBodyWaitsForItsTurn() throws Exception {
    Told told = send(world.open().connection(), upload(LONG));
    assertThat(world.peer.next("HEADERS").end()).isFalse();
    world.peer.settle();
    assertThat(world.peer.left()).noneMatch(frame -> frame.type().equals("DATA"));
    world.peer.head(1, false, ":status", "100");
    assertThat(world.peer.next("DATA").length()).isEqualTo(10);
    world.peer.head(1, true, ":status", "200");
    told.awaitEnded();
    assertThat(told.informational).containsExactly(100);
  }

  @Test
  void aBodyThatIsNotWantedIsNotSentAndItsStreamReset() throws Exception {
    Told told = send(world.open().connection(), upload(LONG));
    world.peer.next("HEADERS");
    world.peer.head(1, true, ":status", "413");
    told.awaitEnded();
    world.peer.next("RST_STREAM");
    world.peer.settle();
    assertThat(told.written).isZero();
    assertThat(told.sent).isNotDone();
  }

  @Test
  void aBodyIsSentAfterItsWait() throws Exception {
    Told told = send(world.open().connection(), upload(TimeUnit.MILLISECONDS.toNanos(10)));
    world.peer.next("DATA");
    world.peer.head(1, true, ":status", "200");
    told.awaitEnded();
  }

  @Test
  void trailersEndARequest() throws Exception {
    Told told = send(world.open().connection(), upload(0, "Checksum", "42"));
    world.peer.next("HEADERS");
    assertThat(world.peer.next("DATA").end()).isFalse();
    ScriptedHttp2.Frame trailers = world.peer.next("HEADERS");
    assertThat(trailers.end()).isTrue();
    assertThat(trailers.head().get("checksum")).hasToString("42");
    world.peer.head(1, true, ":status", "200");
    told.awaitEnded();
  }

  @Test
  void aFloodOfInformationalResponsesIsNoResponse() throws Exception {
    Told told = Http2World.get(world.open().connection());
    world.peer.next("HEADERS");
    for (int i = 0; i < 101; i++) {
      world.peer.head(1, false, ":status", "102");
    }
    assertThat(told.failure().kind()).isEqualTo(Kind.INVALID);
    assertThat(told.failure().message()).contains("more than 100 informational responses");
    assertThat(told.informational).hasSize(100).containsOnly(102);
  }

  @Test
  void anInformationalResponseThatEndsItsStreamIsNone() throws Exception {
    Told told = send(world.open().connection(), upload(LONG));
    world.peer.next("HEADERS");
    world.peer.head(1, true, ":status", "100");
    assertThat(told.failure().kind()).isEqualTo(Kind.INVALID);
    assertThat(told.fields).isEqualTo(List.of());
  }
}
