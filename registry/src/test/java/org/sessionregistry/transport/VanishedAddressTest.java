package org.sessionregistry.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.sessionregistry.connector.Connection;
import org.sessionregistry.connector.Dialer;

/** Real connections whose host moves; when exactly they are retired, {@link AddressWatchTest}. */
class VanishedAddressTest {
  private static final Duration TTL = Duration.ofSeconds(10);
  private static final Duration WINDOW = TTL.multipliedBy(2);

  @RegisterExtension final DialWorld world = new DialWorld();
  private HttpServer server;

  @BeforeEach
  void startServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(DialWorld.address("127.0.0.2"), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stopServer() {
    server.stop(0);
  }

  @Test
  void aConnectionInUseLearnsThatItsAddressIsGone() throws Exception {
    world.lookup.put("web", "127.0.0.2");
    DialWorld.Outcome outcome = world.dialKept(world.dialer(d -> d), "web", port());
    Connection connection = outcome.opened.get(10, TimeUnit.SECONDS);
    world.lookup.put("web", "127.0.0.3");
    world.time.advance(TTL);
    assertThat(OneExchange.get(connection)).isEqualTo(204);
    world.resolver.resolve("web", TTL).get(10, TimeUnit.SECONDS);
    world.settle();
    assertThat(outcome.capacity).isNotDone();

    world.time.advance(WINDOW);
    assertThat(outcome.capacity.get(10, TimeUnit.SECONDS)).isZero();
    outcome.close();
    assertNothingLeft();
  }

  @Test
  void aConnectionThatNobodyUsesLearnsItFromTheDialOfAnother() throws Exception {
    world.lookup.put("web", "127.0.0.2");
    Dialer dialer = world.dialer(d -> d);
    DialWorld.Outcome idle = world.dialKept(dialer, "web", port());
    idle.awaitOpened();
    world.lookup.put("web", "127.0.0.3", "127.0.0.4");
    world.time.advance(TTL);
    world.dial(dialer, "web", port()).failure();

    world.time.advance(WINDOW);
    assertThat(idle.capacity.get(10, TimeUnit.SECONDS)).isZero();
    idle.close();
  }

  @Test
  void aClosedConnectionIsForgotten() throws Exception {
    world.lookup.put("web", "127.0.0.2");
    Dialer dialer = world.dialer(d -> d);
    DialWorld.Outcome outcome = world.dialKept(dialer, "web", port());
    outcome.awaitOpened();
    world.lookup.put("web", "127.0.0.3");
    world.time.advance(TTL);
    world.dial(dialer, "web", port()).failure();
    world.settle();
    assertThat(world.time.pending()).as("the retirement").isOne();

    outcome.close();
    assertNothingLeft();
  }

  @Test
  void fixedAddressesAndLiteralsAreNotWatched() throws Exception {
    Dialer dialer = world.dialer(d -> d.withHost("web", "127.0.0.2"));
    DialWorld.Outcome fixed = world.dialKept(dialer, "web", port());
    DialWorld.Outcome literal = world.dialKept(dialer, "127.0.0.2", port());
    fixed.awaitOpened();
    literal.awaitOpened();

    assertThat(world.resolver.watchedHosts()).isZero();
    fixed.close();
    literal.close();
    assertThat(world.lookup.asked()).isEmpty();
  }

  private int port() {
    return server.getAddress().getPort();
  }

  private void assertNothingLeft() throws Exception {
    world.settle();
    assertThat(world.time.pending()).as("timers left").isZero();
    assertThat(world.resolver.watchedHosts()).as("hosts that are still watched").isZero();
  }
}
