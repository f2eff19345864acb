package org.sessionregistry.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Settings;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.sessionregistry.connector.Dialer.DialFailure;
import org.sessionregistry.connector.Dialer.DialFailure.Kind;

/** Prior knowledge: a connection is open when the peer has said what it allows, and not before. */
class Http2DialTest {
  @RegisterExtension final Http2World world = new Http2World();

  @Test
  void theConnectionOpensWhenTheSettingsHaveCome() throws Exception {
    Http2World.Heard heard = world.dial(s -> s);
    world.peer.accept();
    world.dials.settle();
    assertThat(heard.opened).isNotDone();

    world.peer.settings(new Http2Settings().maxConcurrentStreams(7));
    assertThat(heard.connection().multiplexes()).isTrue();
    assertThat(heard.capacity()).isEqualTo(7);
    assertThat(world.dials.time.pending()).as("timers left").isZero();
  }

  @Test
  void theSessionsOwnLimitOfStreamsHoldsWhereThePeersIsHigherOrMissing() throws Exception {
    Http2World.Heard heard = world.dial(s -> s.pool(p -> p.withMaxStreamsPerConnection(20)));
    world.peer.greet(new Http2Settings());
    assertThat(heard.capacity()).isEqualTo(20);
    world.peer.settings(new Http2Settings().maxConcurrentStreams(30));
    world.peer.settings(new Http2Settings().maxConcurrentStreams(10));
    assertThat(heard.capacity()).isEqualTo(10);
    world.peer.settings(new Http2Settings().maxConcurrentStreams(15));
    assertThat(heard.capacity()).isEqualTo(15);
  }

  @Test
  void aPeerThatAllowsNoStreamYetIsWaitedFor() throws Exception {
    Http2World.Heard heard = world.dial(s -> s);
    world.peer.greet(new Http2Settings().maxConcurrentStreams(0));
    world.peer.settle();
    assertThat(heard.opened).isNotDone();
    world.peer.settings(new Http2Settings().maxConcurrentStreams(1));
    assertThat(heard.capacity()).isEqualTo(1);
  }

  @Test
  void aPeerThatAnswersInHttp1DoesNotSpeakHttp2() throws Exception {
    Http2World.Heard heard = world.dial(s -> s);
    world.peer.accept();
    world.peer.raw("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n");

    DialFailure failure = heard.failure();
    assertThat(failure.kind()).isEqualTo(Kind.CONNECT_FAILED);
    assertThat(failure.message())
        .isEqualTo(
            "127.0.0.1:"
                + world.peer.port()
                + " does not speak HTTP/2 (http-version=2): what it sent is not HTTP/2");
    world.peer.awaitClosed();
  }

  @Test
  void aPeerThatClosesAtOnceDoesNotSpeakHttp2() throws Exception {
    Http2World.Heard heard = world.dial(s -> s);
    world.peer.accept();
    world.peer.hangUp();
    assertThat(heard.failure().kind()).isEqualTo(Kind.CONNECT_FAILED);
    assertThat(heard.failure().message())
        .endsWith("does not speak HTTP/2 (http-version=2): it closed the connection");
  }

  @Test
  void aPeerThatGoesAwayAtOnceIsNotOpenedAndSaysWhy() throws Exception {
    Http2World.Heard heard = world.dial(s -> s);
    world.peer.accept();
    world.peer.settings(new Http2Settings().maxConcurrentStreams(0));
    world.peer.goAway(0, Http2Error.INADEQUATE_SECURITY, "go\naway");
    world.peer.hangUp();
    assertThat(heard.failure().cause())
        .hasMessage("the peer went away (GOAWAY: INADEQUATE_SECURITY (0xc), \"go?away\")");
  }

  @Test
  void aPeerThatSaysNothingIsGivenUpAtTheLimitOfConnecting() throws Exception {
    Http2World.Heard heard = world.dial(s -> s.timeout(t -> t.withConnect(Duration.ofSeconds(3))));
    world.peer.accept();
    world.peer.next(
        "SETTINGS {ENABLE_PUSH=0, INITIAL_WINDOW_SIZE=524288, MAX_HEADER_LIST_SIZE=65536}");
    world.dials.settle();
    world.dials.time.advance(Duration.ofMillis(2999));
    world.dials.settle();
    assertThat(heard.failed).isNotDone();
    world.dials.time.advance(Duration.ofMillis(1));

    assertThat(heard.failure().kind()).isEqualTo(Kind.CONNECT_TIMEOUT);
    assertThat(heard.failure().message()).contains("no SETTINGS that allow a stream came");
  }

  @Test
  void aConnectionThatIsClosedSaysGoodbyeAndIsGone() throws Exception {
    Http2World.Heard heard = world.open();
    heard.connection().close();
    assertThat(world.peer.next("GOAWAY").code()).isEqualTo(Http2Error.NO_ERROR.code());
    world.peer.awaitClosed();
    heard.awaitClosed();
  }
}
