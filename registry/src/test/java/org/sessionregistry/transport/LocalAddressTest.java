package org.sessionregistry.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.sessionregistry.connector.Dialer;
import org.sessionregistry.connector.Dialer.DialFailure;
import org.sessionregistry.connector.Dialer.DialFailure.Kind;

/** Where connections start from, over real sockets: Linux has all of 127.0.0.0/8. */
class LocalAddressTest {
  /** Documentation addresses (RFC 5737): no machine has them. */
  private static final String NOT_OURS = "192.0.2.1";

  @RegisterExtension final DialWorld world = new DialWorld();

  @Test
  void theServerSeesTheSourceAddress() throws Exception {
    try (ServerSocket server = server("127.0.0.2")) {
      DialWorld.Outcome outcome =
          world.dialKept(dialer("127.0.0.5"), "127.0.0.2", server.getLocalPort());
      try (Socket accepted = server.accept()) {
        assertThat(accepted.getInetAddress()).isEqualTo(DialWorld.address("127.0.0.5"));
      }
      outcome.close();
    }
  }

  @Test
  void addressesOfTheOtherFamilyAreLeftOut() throws Exception {
    try (ServerSocket server = server("127.0.0.2")) {
      world.lookup.put("web", "::1", "127.0.0.2");
      world.dial(dialer("127.0.0.1"), "web", server.getLocalPort()).awaitOpened();

      InetSocketAddress sixth =
          new InetSocketAddress(DialWorld.address("::1"), server.getLocalPort());
      InetSocketAddress fourth =
          new InetSocketAddress(DialWorld.address("127.0.0.2"), server.getLocalPort());
      assertThat(world.resolver.failing().last(List.of(sixth, fourth)))
          .as("never tried, so never failed")
          .containsExactly(sixth, fourth);
    }
  }

  @Test
  void aHostThatHasOnlyTheOtherFamilySaysSo() throws Exception {
    world.lookup.put("web", "::1", "2001:db8::7");
    DialFailure failure = world.dial(dialer("127.0.0.1"), "web", 81).failure();

    assertThat(failure.kind()).isEqualTo(Kind.CONNECT_FAILED);
    assertThat(failure.message())
        .isEqualTo(
            "cannot connect to web:81 from local-address 127.0.0.1: the host has no IPv4 address"
                + " (0:0:0:0:0:0:0:1, 2001:db8:0:0:0:0:0:7)");
    assertThat(world.time.pending()).isZero();
  }

  @Test
  void aSourceOfTheSixthVersionNeedsATargetOfIt() throws Exception {
    assertThat(world.dial(dialer("::1"), "127.0.0.1", 80).failure().message())
        .isEqualTo(
            "cannot connect to 127.0.0.1 from local-address 0:0:0:0:0:0:0:1: the host has no IPv6"
                + " address (127.0.0.1)");
  }

  @Test
  void anAddressOfNoInterfaceIsNotTheFaultOfTheHost() throws Exception {
    try (ServerSocket server = server("127.0.0.2")) {
      int port = server.getLocalPort();
      world.lookup.put("web", "127.0.0.2", "127.0.0.3");
      DialFailure failure = world.dial(dialer(NOT_OURS), "web", port).failure();

      assertThat(failure.kind()).isEqualTo(Kind.CONNECT_FAILED);
      assertThat(failure.message())
          .isEqualTo(
              "cannot connect to web:"
                  + port
                  + " from local-address 192.0.2.1: Cannot assign requested address; it must be an"
                  + " address of this machine");
      assertThat(failure.cause())
          .isInstanceOf(SocketException.class)
          .hasRootCauseInstanceOf(BindException.class);

      InetSocketAddress first = new InetSocketAddress(DialWorld.address("127.0.0.2"), port);
      InetSocketAddress second = new InetSocketAddress(DialWorld.address("127.0.0.3"), port);
      assertThat(world.resolver.failing().last(List.of(first, second)))
          .containsExactly(first, second);
    }
  }

  @Test
  void whenTheHostRefusesTheMessageSaysWhereItCameFrom() throws Exception {
    int nobody;
    try (ServerSocket server = server("127.0.0.2")) {
      nobody = server.getLocalPort();
    }
    assertThat(world.dial(dialer("127.0.0.5"), "127.0.0.2", nobody).failure().message())
        .isEqualTo(
            "cannot connect to 127.0.0.2:"
                + nobody
                + " from local-address 127.0.0.5: 127.0.0.2 Connection refused");
  }

  @Test
  void theLimitOfConnectingHolds() throws Exception {
    try (BlackHole hole = new BlackHole(DialWorld.address("127.0.0.3"), 0)) {
      DialWorld.Outcome outcome = world.dial(dialer("127.0.0.5"), "127.0.0.3", hole.port());
      world.settle();
      world.time.advance(Duration.ofSeconds(30));
      DialFailure failure = outcome.failed.get(10, TimeUnit.SECONDS);

      assertThat(failure.kind()).isEqualTo(Kind.CONNECT_TIMEOUT);
      assertThat(failure.message())
          .isEqualTo(
              "no address of '127.0.0.3' accepted a connection from local-address 127.0.0.5"
                  + " (127.0.0.3 no answer)");
    }
  }

  private Dialer dialer(String localAddress) {
    return world.dialerOf(settings -> settings.localAddress(localAddress));
  }

  private static ServerSocket server(String address) throws Exception {
    return new ServerSocket(0, 50, DialWorld.address(address));
  }
}
