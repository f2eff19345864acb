package org.sessionregistry.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionregistry.transport.Http2World.get;

import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.sessionregistry.connector.Connection;
import org.sessionregistry.connector.ExchangeEvents.WireFailure;
import org.sessionregistry.connector.ExchangeEvents.WireFailure.Kind;
import org.sessionregistry.transport.Http2World.Heard;
import org.sessionregistry.transport.Http2World.Told;

/** Many exchanges on one connection: how many, until when, and what a silent peer means. */
class Http2ConnectionTest {
  @RegisterExtension final Http2World world = new Http2World();

  @Test
  void exchangesRunSideBySideAndEndInAnyOrder() throws Exception {
    Connection connection = world.open().connection();
    List<Told> all = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      all.add(get(connection));
    }
    for (int i = 0; i < 100; i++) {
      assertThat(world.peer.next("HEADERS").stream()).isEqualTo(2 * i + 1);
    }
    for (int i = 99; i >= 0; i--) {
      world.peer.head(2 * i + 1, true, ":status", "200");
      all.get(i).awaitEnded();
    }
  }

  @Test
  void aStreamBeyondThePeersLimitIsRefusedAtOnce() throws Exception {
    Connection connection = world.open(new Http2Settings().maxConcurrentStreams(1)).connection();
    Told first = get(connection);
    Told second = get(connection);
    assertThat(second.failure().kind()).isEqualTo(Kind.REFUSED);
    world.peer.next("HEADERS");
    world.peer.head(1, true, ":status", "200");
    first.awaitEnded();
  }

  @Test
  void whoHearsOfAnEndCanBeginTheNextOneAtOnce() throws Exception {
    Connection connection = world.open(new Http2Settings().maxConcurrentStreams(1)).connection();
    Told second = new Told();
    Told first = Http2World.send(connection, Http2World.request("GET", null, null, 0));
    first.end.thenRun(() -> connection.exchange(Http2World.request("GET", null, null, 0), second));
    int stream = world.peer.next("HEADERS").stream();
    world.peer.head(stream, true, ":status", "200");
    stream = world.peer.next("HEADERS").stream();

    Told third = new Told();
    second.end.thenRun(() -> connection.exchange(Http2World.request("GET", null, null, 0), third));
    connection.cancel(second);
    stream = world.peer.next("HEADERS").stream();
    world.peer.reset(stream, Http2Error.CANCEL);
    assertThat(third.failure().kind()).isEqualTo(Kind.RESET);
  }

  @Test
  void whenThePeerGoesAwayWhatItTookGoesOnAndTheRestIsRefused() throws Exception {
    Heard heard = world.open();
    assertThat(heard.capacity()).isEqualTo(100);
    Told taken = get(heard.connection());
    Told notTaken = get(heard.connection());
    world.peer.next("HEADERS");
    world.peer.next("HEADERS");
    world.peer.goAway(1, Http2Error.NO_ERROR, "");
    assertThat(heard.capacity()).isZero();
    assertThat(notTaken.failure().kind()).isEqualTo(Kind.REFUSED);
    assertThat(get(heard.connection()).failure().kind()).isEqualTo(Kind.REFUSED);

    world.peer.head(1, true, ":status", "200");
    taken.awaitEnded();
    assertThat(heard.closed).as("that is for the pool").isNotDone();
  }

  @Test
  void whyThePeerWentAwayIsTheReasonForWhatIsLost() throws Exception {
    Heard heard = world.open();
    Told told = get(heard.connection());
    world.peer.next("HEADERS");
    world.peer.goAway(1, Http2Error.ENHANCE_YOUR_CALM, "too_many_pings");
    world.peer.hangUp();
    assertThat(told.failure().kind()).isEqualTo(Kind.CLOSED_UNANSWERED);
    assertThat(told.failure().cause())
        .hasMessage("the peer went away (GOAWAY: ENHANCE_YOUR_CALM (0xb), \"too_many_pings\")");
  }

  @Test
  void aPeerThatAnnouncesToGoAwayMayTakeItBackLater() throws Exception {
    Heard heard = world.open();
    Told one = get(heard.connection());
    Told two = get(heard.connection());
    world.peer.next("HEADERS");
    world.peer.next("HEADERS");
    world.peer.goAway(Integer.MAX_VALUE, Http2Error.NO_ERROR, "soon");
    world.peer.settle();
    world.peer.goAway(3, Http2Error.NO_ERROR, "now");
    world.peer.head(1, true, ":status", "200");
    world.peer.head(3, true, ":status", "200");
    one.awaitEnded();
    two.awaitEnded();
  }

  @Test
  void whenTheStreamIdsAreUsedUpNothingMoreIsTaken() throws Exception {
    Heard heard = world.open();
    assertThat(heard.capacity()).isEqualTo(100);
    skipAllButOneId(heard.connection());
    Told last = get(heard.connection());
    assertThat(heard.capacity()).isZero();
    assertThat(world.peer.next("HEADERS").stream()).isEqualTo(Integer.MAX_VALUE);
    assertThat(get(heard.connection()).failure().kind()).isEqualTo(Kind.REFUSED);
    world.peer.head(Integer.MAX_VALUE, true, ":status", "200");
    last.awaitEnded();
  }

  private void skipAllButOneId(Connection connection) throws Exception {
    Http2Codec codec = ((Http2Connection) connection).codec();
    codec
        .context()
        .executor()
        .submit(
            () -> {
              codec.connection().local().createStream(Integer.MAX_VALUE - 2, true).close();
              return null;
            })
        .sync();
  }

  @Test
  void aConnectionOnWhichTooMuchIsGivenUpTakesNoMore() throws Exception {
    Heard heard = world.open();
    assertThat(heard.capacity()).isEqualTo(100);
    Told patient = get(heard.connection());
    for (int i = 0; i < 100; i++) {
      Told told = get(heard.connection());
      heard.connection().cancel(told);
      told.failure();
    }
    assertThat(heard.capacity()).isZero();
    world.peer.head(1, true, ":status", "200");
    patient.awaitEnded();
  }

  @Test
  void aFewGivenUpNowAndThenAreNoReasonToEnd() throws Exception {
    Heard heard = world.open();
    for (int i = 0; i < 300; i++) {
      Told told = get(heard.connection());
      heard.connection().cancel(told);
      told.failure();
      world.dials.time.advance(Duration.ofSeconds(1));
    }
    assertThat(heard.capacity()).isEqualTo(100);
    Told told = get(heard.connection());
    while (world.peer.next("HEADERS").stream() < 601) {
      continue;
    }
    world.peer.head(601, true, ":status", "200");
    told.awaitEnded();
  }

  // ---- silence -------------------------------------------------------------------------------

  private void pass(int millis) throws Exception {
    world.dials.time.advance(Duration.ofMillis(millis));
    world.dials.settle();
  }

  @Test
  void aPeerThatIsSilentIsAskedAndThenGivenUp() throws Exception {
    Heard heard = world.open();
    Told told = get(heard.connection());
    world.peer.next("HEADERS");
    pass(14_999);
    world.peer.settle();
    assertThat(world.peer.left()).isEmpty();
    pass(15_000);
    world.peer.next("PING");
    pass(14_999);
    assertThat(told.end).isNotDone();
    pass(1);

    WireFailure failure = told.failure();
    assertThat(failure.kind()).isEqualTo(Kind.CLOSED_UNANSWERED);
    assertThat(failure.cause())
        .hasMessage("the peer has been silent for 30s and did not answer a PING");
    heard.awaitClosed();
  }

  @Test
  void aPeerThatAnswersIsWaitedForAndAskedAgain() throws Exception {
    Heard heard = world.open();
    Told told = get(heard.connection());
    world.peer.next("HEADERS");
    for (int i = 0; i < 5; i++) {
      pass(15_000);
      world.peer.pong(world.peer.next("PING").code());
      world.peer.settle();
    }
    world.peer.head(1, true, ":status", "200");
    told.awaitEnded();
  }

  @Test
  void whoHasNothingToAnswerIsNotAsked() throws Exception {
    Heard heard = world.open();
    Told told = get(heard.connection());
    world.peer.next("HEADERS");
    world.peer.head(1, true, ":status", "200");
    told.awaitEnded();
    pass(60_000);
    assertThat(world.dials.time.pending()).as("timers of an idle connection").isZero();

    Told next = get(heard.connection());
    world.peer.next("HEADERS");
    pass(14_999);
    world.peer.settle();
    assertThat(world.peer.left()).isEmpty();
    world.peer.head(3, true, ":status", "200");
    next.awaitEnded();
    heard.connection().close();
    heard.awaitClosed();
  }
}
