package org.sessionregistry.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.sessionregistry.connector.Dialer;
import org.sessionregistry.connector.Dialer.DialFailure;
import org.sessionregistry.connector.Dialer.DialFailure.Kind;
import org.sessionregistry.connector.Route;

/** From a host's name to a socket: who is asked, which address is used, and what can go wrong. */
class DialNamesTest {
  @RegisterExtension final DialWorld world = new DialWorld();

  @Test
  void aHostWithoutAddressIsToldAtOnceAgainAndAskedForAfterASecond() throws Exception {
    Dialer dialer = world.dialer(d -> d);
    DialFailure failure = world.dial(dialer, "nix", 80).failure();
    assertThat(failure.kind()).isEqualTo(Kind.HOST_NOT_FOUND);
    assertThat(failure.message()).isEqualTo("the host 'nix' has no address");

    assertThat(world.dial(dialer, "nix", 80).failure().kind()).isEqualTo(Kind.HOST_NOT_FOUND);
    assertThat(world.lookup.asked()).containsExactly("nix");
    world.time.advance(Duration.ofSeconds(1));
    world.dial(dialer, "nix", 80).failure();
    assertThat(world.lookup.asked()).containsExactly("nix", "nix");
  }

  @Test
  void aLookUpThatNeverAnswersEndsAtItsLimitAndIsNotBegunTwice() throws Exception {
    Dialer dialer = world.dialer(d -> d);
    for (int i = 0; i < 2; i++) {
      DialWorld.Outcome outcome = world.dial(dialer, "hangs", 80);
      world.settle();
      world.time.advance(Duration.ofSeconds(5));
      assertThat(outcome.failure().kind()).isEqualTo(Kind.DNS_TIMEOUT);
    }
    world.dial(dialer, "nix", 80).failure();
    assertThat(world.lookup.asked().stream().filter("hangs"::equals)).hasSizeLessThanOrEqualTo(1);
    assertThat(world.time.pending()).isZero();
  }

  @Test
  void anAddressThatRefusesIsPassedOverAndTriedLastNextTime() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 50, DialWorld.address("127.0.0.2"))) {
      int port = server.getLocalPort();
      world.lookup.put("web", "127.0.0.3", "127.0.0.2");
      Dialer dialer = world.dialer(d -> d);
      world.dial(dialer, "web", port).awaitOpened();

      assertThat(world.resolver.failing().last(List.of(at("127.0.0.3", port), at("::1", port))))
          .containsExactly(at("::1", port), at("127.0.0.3", port));
      world.settle();
      assertThat(world.time.pending()).as("timers left").isZero();
    }
  }

  @Test
  void anAddressThatDoesNotAnswerIsRacedAfterTheHeadStart() throws Exception {
    try (BlackHole hole = new BlackHole(DialWorld.address("127.0.0.3"), 0);
        ServerSocket server = new ServerSocket(hole.port(), 50, DialWorld.address("127.0.0.2"))) {
      Dialer dialer = world.dialer(d -> d.withHost("web", "127.0.0.3,127.0.0.2"));
      DialWorld.Outcome outcome = world.dial(dialer, "web", server.getLocalPort());
      world.settle();
      world.time.advance(Duration.ofMillis(249));
      world.settle();
      assertThat(outcome.opened).isNotDone();
      world.time.advance(Duration.ofMillis(1));
      outcome.awaitOpened();

      world.dial(dialer, "web", server.getLocalPort()).awaitOpened();
      assertThat(outcome.failed).isNotDone();
    }
  }

  @Test
  void whenNoAddressAcceptsEachIsNamedWithItsReason() throws Exception {
    int port = portOfNobody();
    Dialer dialer = world.dialer(d -> d.withHost("web", "127.0.0.3,127.0.0.2"));
    DialFailure failure = world.dial(dialer, "web", port).failure();

    assertThat(failure.kind()).isEqualTo(Kind.CONNECT_FAILED);
    assertThat(failure.message())
        .startsWith("cannot connect to web:" + port + ": ")
        .contains("127.0.0.3 Connection refused", "127.0.0.2 Connection refused");
    assertThat(failure.cause()).isInstanceOf(ConnectException.class);
    assertThat(failure.cause().getSuppressed())
        .singleElement()
        .isInstanceOf(ConnectException.class);
  }

  @Test
  void theLimitOfConnectingIsForAllAddresses() throws Exception {
    try (BlackHole hole = new BlackHole(DialWorld.address("127.0.0.3"), 0)) {
      Dialer dialer = world.dialer(d -> d.withHost("web", "127.0.0.2,127.0.0.3"));
      DialWorld.Outcome outcome = world.dial(dialer, "web", hole.port());
      world.settle();
      world.time.advance(Duration.ofSeconds(30));

      assertThat(outcome.failure().kind()).isEqualTo(Kind.CONNECT_TIMEOUT);
      assertThat(outcome.failure().message())
          .startsWith("no address of 'web' accepted a connection (")
          .contains("127.0.0.3 no answer");
    }
  }

  @Test
  void anAbortEndsTheRace() throws Exception {
    try (BlackHole hole = new BlackHole(DialWorld.address("127.0.0.3"), 0)) {
      DialWorld.Outcome outcome = new DialWorld.Outcome();
      Dialer.Dial dial =
          world.dialer(d -> d).dial(new Route("http", "127.0.0.3", hole.port()), outcome);
      world.settle();
      dial.abort();

      assertThat(outcome.failure().kind()).isEqualTo(Kind.ABORTED);
      assertThat(world.time.pending()).isZero();
    }
  }

  private static InetSocketAddress at(String address, int port) {
    return new InetSocketAddress(DialWorld.address(address), port);
  }

  private static int portOfNobody() throws Exception {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
