package org.sessionregistry.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Connections whose host moves, in virtual time; look-ups run when the test says so, and a name is
 * asked for by whoever uses a connection.
 */
class AddressWatchTest {
  private static final Duration TTL = Duration.ofSeconds(10);
  private static final Duration WINDOW = TTL.multipliedBy(2);
  private static final String OLD = "192.0.2.1";
  private static final String NEW = "192.0.2.2";

  private final VirtualTime time = new VirtualTime();
  private final ScriptedLookup lookup = new ScriptedLookup();
  private final List<Runnable> blocking = new ArrayList<>();
  private final Resolver resolver = new Resolver(lookup, blocking::add, time);

  /** A connection to one address of a host, as far as its watch is concerned. */
  private final class Connected {
    final AddressWatch watch;
    int retired;

    Connected(String host, String address, Duration ttl) {
      InetAddress remote = ScriptedLookup.parsed(address).get(0);
      watch = new AddressWatch(resolver, host, remote, ttl, Runnable::run, () -> retired++);
      watch.begin();
    }

    boolean isRetired() {
      return retired > 0;
    }
  }

  @Test
  void aConnectionWhoseAddressIsGoneIsRetiredOnceWithinTheWindow() {
    Connected connection = connectedTo(OLD);
    moveTo(NEW);
    time.advance(TTL);
    use(connection);
    assertThat(connection.retired).isZero();

    time.advance(WINDOW);
    assertThat(connection.retired).isOne();
    assertNothingLeft();
  }

  @Test
  void connectionsOfOneAddressAreSpreadOverTheWindow() {
    List<Connected> connections = Stream.generate(() -> connectedTo(OLD)).limit(400).toList();
    moveTo(NEW);
    time.advance(TTL);
    use(connections.get(0));

    List<Long> retired = new ArrayList<>();
    for (int tenth = 0; tenth < 10; tenth++) {
      time.advance(WINDOW.dividedBy(10));
      retired.add(connections.stream().filter(Connected::isRetired).count());
    }
    assertThat(retired.get(0)).isBetween(10L, 100L);
    assertThat(retired.get(4)).isBetween(100L, 300L);
    assertThat(retired.get(8)).isBetween(300L, 390L);
    assertThat(retired.get(9)).isEqualTo(400L);
    assertNothingLeft();
  }

  @Test
  void aConnectionWhoseAddressIsStillAmongTheAnswersStays() {
    Connected connection = connectedTo(OLD);
    moveTo(NEW, OLD);
    time.advance(TTL);
    use(connection);
    time.advance(WINDOW);

    assertThat(connection.retired).isZero();
  }

  @Test
  void anAddressThatComesBackInTimeKeepsItsConnection() {
    resolved("shop", OLD);
    Connected connection = connectedTo(OLD);
    moveTo(NEW);
    time.advance(TTL);
    use(connection);
    assertThat(time.pending()).isOne();
    resolved("shop", NEW, OLD);

    assertThat(time.pending()).isZero();
    time.advance(WINDOW);
    assertThat(connection.retired).isZero();
  }

  @Test
  void anAddressThatGoesAgainIsLeftAgain() {
    Connected connection = connectedTo(OLD);
    resolved("shop", NEW);
    resolved("shop", OLD);
    resolved("shop", NEW);
    time.advance(WINDOW);

    assertThat(connection.retired).isOne();
  }

  @Test
  void aFailedLookUpRetiresNobody() {
    Connected connection = connectedTo(OLD);
    time.advance(TTL);
    use(connection); // the table has no such host
    time.advance(TTL);
    lookup.put("shop");
    use(connection); // and then it has no address
    assertThat(lookUps()).hasSize(2);

    time.advance(WINDOW);
    assertThat(connection.retired).isZero();
  }

  @Test
  void aRetirementThatIsDueOutlivesAFailedLookUp() {
    Connected connection = connectedTo(OLD);
    resolved("shop", NEW);
    lookup.forget("shop");
    CompletableFuture<List<InetAddress>> failed = resolver.resolve("shop", Duration.ZERO);
    runBlocking();
    assertThat(failed).isCompletedExceptionally();

    time.advance(WINDOW);
    assertThat(connection.retired).isOne();
  }

  @Test
  void aLookUpThatNobodyCanRunDisturbsNoRequest() {
    Resolver refusing =
        new Resolver(
            lookup,
            task -> {
              throw new RejectedExecutionException("closed");
            },
            time);
    AddressWatch watch =
        new AddressWatch(
            refusing, "shop", ScriptedLookup.parsed(OLD).get(0), TTL, Runnable::run, () -> {});
    watch.begin();
    time.advance(TTL);
    watch.used();
    watch.end();

    assertThat(refusing.watchedHosts()).isZero();
  }

  @Test
  void anIdleConnectionHearsOfALookUpForAnotherReason() {
    Connected idle = connectedTo(OLD);
    resolved("shop", NEW);
    time.advance(WINDOW);

    assertThat(idle.retired).isOne();
  }

  @Test
  void anotherHostsAnswerIsNoneOfItsBusiness() {
    Connected connection = connectedTo(OLD);
    resolved("bank", NEW);
    time.advance(WINDOW);

    assertThat(connection.retired).isZero();
  }

  @Test
  void aConnectionThatOpensAfterItsAddressHasGoneIsRetiredToo() {
    resolved("shop", NEW);
    Connected late = connectedTo(OLD);
    time.advance(WINDOW);

    assertThat(late.retired).isOne();
  }

  @Test
  void aHostIsAskedForOnceInATimeToLiveHoweverManyRequestsThereAre() {
    resolved("shop", OLD);
    List<Connected> connections = Stream.generate(() -> connectedTo(OLD)).limit(3).toList();
    for (int millis = 0; millis < 30_000; millis += 100) {
      connections.forEach(AddressWatchTest.this::use);
      time.advance(Duration.ofMillis(100));
    }

    assertThat(lookUps()).hasSize(3);
  }

  @Test
  void theAgeOfTheAnswerIsKnownBeforeTheConnectionOpened() {
    resolved("shop", OLD);
    time.advance(TTL.minusSeconds(1));
    Connected connection = connectedTo(OLD);
    use(connection);
    assertThat(lookUps()).hasSize(1);

    time.advance(Duration.ofSeconds(1));
    use(connection);
    assertThat(lookUps()).hasSize(2);
  }

  @Test
  void aLookUpThatHangsIsNotBegunTwice() {
    Connected connection = connectedTo(OLD);
    for (int i = 0; i < 5; i++) {
      time.advance(TTL);
      connection.watch.used();
    }

    assertThat(blocking).hasSize(1);
  }

  @Test
  void aSessionThatAsksForEveryConnectionDoesNotAskForEveryRequest() {
    Connected connection = new Connected("shop", OLD, Duration.ZERO);
    moveTo(OLD);
    for (int millis = 0; millis < 5_000; millis += 10) {
      use(connection);
      time.advance(Duration.ofMillis(10));
    }
    assertThat(lookUps()).hasSize(4);

    moveTo(NEW);
    use(connection);
    time.advance(AddressWatch.LEAST_WINDOW);
    assertThat(connection.retired).isOne();
  }

  @Test
  void whatASessionLearnsAllConnectionsOfTheHostKnow() {
    Connected patient = new Connected("shop", OLD, Duration.ofHours(1));
    Connected curious = new Connected("shop", NEW, Duration.ofSeconds(1));
    moveTo(NEW);
    time.advance(Duration.ofSeconds(1));
    use(curious);
    time.advance(Duration.ofHours(2));

    assertThat(patient.retired).isOne();
    assertThat(curious.retired).isZero();
  }

  @Test
  void aClosedConnectionIsForgottenWithItsTimer() {
    Connected connection = connectedTo(OLD);
    resolved("shop", NEW);
    connection.watch.end();
    assertNothingLeft();

    time.advance(WINDOW);
    connection.watch.used();
    assertThat(connection.retired).isZero();
    assertThat(blocking).isEmpty();
  }

  @Test
  void whenItIsClosedWhileItsTimeComesNothingIsTold() {
    List<Runnable> loop = new ArrayList<>();
    List<String> told = new ArrayList<>();
    AddressWatch watch =
        new AddressWatch(
            resolver,
            "shop",
            ScriptedLookup.parsed(OLD).get(0),
            TTL,
            loop::add,
            () -> told.add("retired"));
    watch.begin();
    resolved("shop", NEW);
    loop.remove(0).run();
    time.advance(WINDOW);
    watch.end();
    loop.remove(0).run();

    assertThat(told).isEmpty();
    assertNothingLeft();
  }

  private Connected connectedTo(String address) {
    return new Connected("shop", address, TTL);
  }

  private void moveTo(String... addresses) {
    lookup.put("shop", addresses);
  }

  private void use(Connected connection) {
    connection.watch.used();
    runBlocking();
  }

  /** Somebody asks for the host, whatever is known already. */
  private void resolved(String host, String... addresses) {
    lookup.put(host, addresses);
    resolver.refresh("any", TTL); // so that answers are kept
    CompletableFuture<List<InetAddress>> asked = resolver.resolve(host, Duration.ZERO);
    runBlocking();
    assertThat(asked).isCompletedWithValue(ScriptedLookup.parsed(addresses));
  }

  private List<String> lookUps() {
    return lookup.asked().stream().filter("shop"::equals).toList();
  }

  private void runBlocking() {
    List<Runnable> tasks = List.copyOf(blocking);
    blocking.clear();
    tasks.forEach(Runnable::run);
  }

  private void assertNothingLeft() {
    assertThat(time.pending()).as("timers left").isZero();
    assertThat(resolver.watchedHosts()).as("hosts that are still watched").isZero();
  }
}
