package org.sessionregistry.cookie;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.sessionregistry.settings.CookieJarSettings;

/** Nodes that share a store, whose background tasks run when the test says so. */
class SharedCookieJarTest {
  private static final URI SHOP = URI.create("https://shop.example/");

  private final SharedMap store = new SharedMap();
  private final Clock clock = new Clock();

  private static final class Clock implements InstantSource {
    private Instant now = Instant.parse("2026-01-15T12:00:00Z");

    @Override
    public Instant instant() {
      return now;
    }
  }

  /** One node: its jar, the tasks that it wants to run, and its timers. */
  private final class Node {
    final Queue<Runnable> tasks = new ArrayDeque<>();
    final List<Runnable> timers = new ArrayList<>();
    final List<Runnable> looks = new ArrayList<>();
    final SharedCookieJar jar;

    Node(String session, CookieJarSettings settings, Cookie... initial) {
      jar =
          new SharedCookieJar(
              session, settings, List.of(initial), () -> store, tasks::add, this::timer, clock);
      jar.start();
    }

    Node() {
      this("s", CookieJarSettings.DEFAULTS);
    }

    private Runnable timer(Duration delay, Runnable task) {
      assertThat(delay).isIn(SharedCookieJar.INTERVAL, SecondLook.DELAY);
      List<Runnable> into = delay.equals(SecondLook.DELAY) ? looks : timers;
      into.add(task);
      return () -> into.remove(task);
    }

    void second() {
      List<Runnable> due = List.copyOf(looks);
      looks.clear();
      due.forEach(Runnable::run);
      run();
    }

    void run() {
      for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
        task.run();
      }
    }

    void interval() {
      List<Runnable> due = List.copyOf(timers);
      timers.clear();
      due.forEach(Runnable::run);
      run();
    }

    Node received(String setCookie) {
      jar.store(SHOP, List.of(setCookie));
      return this;
    }

    String header() {
      return jar.header(SHOP);
    }
  }

  private Node node() {
    Node node = new Node();
    node.run();
    return node;
  }

  private void settle(Node... nodes) {
    for (int round = 0; round < 5; round++) {
      for (Node node : nodes) {
        node.run();
      }
    }
    for (Node node : nodes) {
      assertThat(node.tasks).isEmpty();
    }
  }

  @Test
  void aCookieOfOneNodeIsSentByAnother() {
    Node a = node();
    Node b = node();
    a.received("sid=1");
    settle(a, b);
    assertThat(b.header()).isEqualTo("sid=1");
    assertThat(b.jar.cookies()).isEqualTo(a.jar.cookies());
  }

  @Test
  void aNodeThatComesLaterReadsWhatIsThere() {
    settle(node().received("sid=1"));
    Node late = new Node();
    assertThat(late.header()).as("opening does no I/O").isEmpty();
    late.run();
    assertThat(late.header()).isEqualTo("sid=1");
  }

  @Test
  void nothingIsAskedOfTheStoreButInTheBackground() {
    Node a = new Node();
    a.received("sid=1");
    assertThat(a.header()).isEqualTo("sid=1");
    a.jar.clear();
    assertThat(a.header()).isEmpty();
    assertThat(store.calls).isZero();
  }

  @Test
  void aLogoutOfOneNodeIsOneOfAll() {
    Node a = node();
    Node b = node();
    a.received("sid=1").received("lang=en");
    settle(a, b);
    b.received("sid=; Max-Age=0");
    settle(b, a);
    assertThat(a.header()).isEqualTo("lang=en");
    b.jar.clear();
    settle(b, a);
    assertThat(a.header()).isEmpty();
    assertThat(store.map).isEmpty();
  }

  @Test
  void changesOfTwoNodesToTwoCookiesAreBothKept() {
    Node a = node();
    Node b = node();
    a.received("a=1");
    b.received("b=2");
    settle(a, b);
    assertThat(a.header().split("; ")).containsExactlyInAnyOrder("a=1", "b=2");
    assertThat(b.header().split("; ")).containsExactlyInAnyOrder("a=1", "b=2");
  }

  @Test
  void ofTwoChangesToOneCookieTheLastWrittenWinsAndBothNodesComeToRest() {
    Node a = node();
    Node b = node();
    a.received("sid=a");
    clock.now = clock.now.plusSeconds(1);
    b.received("sid=b");
    settle(a, b);
    assertThat(a.header()).isEqualTo("sid=b");
    assertThat(b.header()).isEqualTo("sid=b");
    int writes = store.writes;
    a.interval();
    b.interval();
    settle(a, b);
    assertThat(store.writes).as("no node writes what another has").isEqualTo(writes);
  }

  @Test
  void manyChangesBetweenTwoRunsAreWrittenOnce() {
    Node a = node();
    for (int i = 0; i < 100; i++) {
      a.received("sid=" + i);
    }
    a.run();
    assertThat(store.writes).isEqualTo(1);
    assertThat(store.map.values()).singleElement().asString().endsWith("\t99");
  }

  @Test
  void aStoreThatDoesNotTellIsReadAtIntervals() {
    store.silent = true;
    Node a = node();
    Node b = node();
    a.received("sid=1");
    settle(a, b);
    assertThat(b.header()).isEmpty();
    b.interval();
    assertThat(b.header()).isEqualTo("sid=1");
    a.jar.clear();
    settle(a);
    b.interval();
    assertThat(b.header()).isEmpty();
  }

  @Test
  void aChangeThatIsToldBeforeItCanBeReadIsFoundASecondLater() {
    Node a = node();
    Node b = node();
    a.received("sid=1");
    settle(a, b);
    b.second();
    String key = store.map.keySet().iterator().next();
    store.listeners.forEach(listener -> listener.accept(key));
    settle(a, b);
    store.map.remove(key);
    store.listeners.forEach(listener -> listener.accept("s\tunknown"));
    settle(a, b);
    assertThat(b.header()).isEqualTo("sid=1");
    assertThat(b.looks).as("one timer for all keys").hasSize(1);
    b.second();
    assertThat(b.header()).isEmpty();
    assertThat(b.looks).as("one for what was told meanwhile").hasSize(1);
    b.second();
    assertThat(b.looks).isEmpty();
  }

  @Test
  void nothingIsLostWhileTheStoreFails() {
    Node a = node();
    Node b = node();
    a.received("old=1");
    settle(a, b);
    store.failing = true;
    a.received("sid=1");
    a.run();
    int calls = store.calls;
    a.received("lang=en");
    a.run();
    assertThat(store.calls).as("not asked before the interval is over").isEqualTo(calls);
    assertThat(a.header()).isEqualTo("old=1; sid=1; lang=en");
    store.failing = false;
    a.interval();
    settle(a, b);
    assertThat(b.header().split("; ")).containsExactlyInAnyOrder("old=1", "sid=1", "lang=en");
    assertThat(store.listeners).as("one for each node").hasSize(2);
    b.jar.clear();
    settle(b, a);
    assertThat(a.header()).as("a store that is opened again tells of changes").isEmpty();
  }

  @Test
  void aFailureIsSaidOnceWithoutWhatTheStoreSays() {
    List<String> said = new ArrayList<>();
    Handler handler = new Said(said);
    Logger logger = Logger.getLogger(SharedCookieJar.LOGGER);
    logger.addHandler(handler);
    logger.setUseParentHandlers(false);
    try {
      Node a = node();
      store.failing = true;
      a.received("sid=secret-value");
      a.run();
      a.interval();
      assertThat(said)
          .singleElement()
          .asString()
          .contains("'s'", "cookie-jar=shared", "30 seconds");
      store.failing = false;
      a.interval();
      assertThat(said).hasSize(2).noneMatch(text -> text.contains("secret-value"));
      assertThat(said.get(1)).contains("shared again");
    } finally {
      logger.removeHandler(handler);
      logger.setUseParentHandlers(true);
    }
  }

  private static final class Said extends Handler {
    private final List<String> said;

    Said(List<String> said) {
      this.said = said;
    }

    @Override
    public void publish(LogRecord line) {
      said.add(java.text.MessageFormat.format(line.getMessage(), line.getParameters()));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @Test
  void sessionsOfOtherNamesHaveCookiesOfTheirOwn() {
    Node a = node();
    Node other = new Node("s\tshop.example", CookieJarSettings.DEFAULTS);
    other.run();
    a.received("sid=1");
    settle(a, other);
    other.interval();
    assertThat(other.header()).isEmpty();
  }

  @Test
  void aCookieThatEndedIsRemovedFromTheStoreUnlessItWasRenewed() {
    store.silent = true;
    Node a = node();
    Node b = node();
    a.received("sid=1; Max-Age=60").received("lang=en; Max-Age=60");
    settle(a);
    b.interval();
    clock.now = clock.now.plusSeconds(59);
    a.received("sid=2; Max-Age=60");
    a.run();
    clock.now = clock.now.plusSeconds(2);
    b.received("other=1"); // a run without a reading
    b.run();
    assertThat(store.map.keySet()).noneMatch(key -> key.endsWith("\tlang"));
    b.interval();
    assertThat(b.header().split("; ")).containsExactlyInAnyOrder("sid=2", "other=1");
  }

  @Test
  void whatANodeEndsWithoutAnyoneWritingIsRemovedByWhoeverMeetsIt() {
    Node a = node();
    a.received("sid=1; Max-Age=60");
    settle(a);
    clock.now = clock.now.plusSeconds(61);
    assertThat(node().header()).isEmpty();
    assertThat(store.map).isEmpty();
  }

  @Test
  void cookiesOfTheSettingsGiveWayToWhatIsShared() {
    Cookie initial = Cookie.forHost(SHOP, "sid", "start", clock.now);
    Node a = new Node("s", CookieJarSettings.DEFAULTS, initial);
    settle(a);
    a.received("sid=login");
    settle(a);
    Node b = new Node("s", CookieJarSettings.DEFAULTS, initial);
    assertThat(b.header()).isEqualTo("sid=start");
    settle(b, a);
    assertThat(b.header()).isEqualTo("sid=login");
    assertThat(a.header()).isEqualTo("sid=login");
  }

  @Test
  void aCookieReceivedBeforeTheFirstReadingIsNotLost() {
    settle(node().received("sid=old"));
    Node b = new Node();
    b.received("sid=new");
    settle(b);
    assertThat(b.header()).isEqualTo("sid=new");
    assertThat(node().header()).isEqualTo("sid=new");
  }

  @Test
  void whatIsNoCookieIsLeftOutAndLeftThere() {
    Node a = node();
    a.received("sid=1");
    settle(a);
    String key = store.map.keySet().iterator().next();
    String line = store.map.get(key);
    store.map.put(key + "x", line);
    store.map.put(key, "nonsense");
    Node b = node();
    assertThat(b.header()).isEmpty();
    assertThat(store.map).hasSize(2);
    a.interval();
    assertThat(a.header()).isEqualTo("sid=1");
  }

  @Test
  void aNodeThatDoesNotAcceptACookieLeavesItToTheOthers() {
    URI ip = URI.create("http://192.0.2.1/");
    Node a = new Node("s", CookieJarSettings.DEFAULTS.withAcceptIpHosts(true));
    Node b = node();
    a.jar.store(ip, List.of("sid=1"));
    settle(a, b);
    b.interval();
    settle(a, b);
    assertThat(b.jar.header(ip)).isEmpty();
    assertThat(a.jar.header(ip)).isEqualTo("sid=1");
  }

  @Test
  void moreThanTheLimitIsNotKeptInTheStoreEither() {
    Node a = node();
    Node b = node();
    for (int i = 0; i < 300; i++) {
      a.received("c" + i + "=1");
    }
    settle(a, b);
    assertThat(store.map).hasSize(180);
    assertThat(b.jar.cookies()).hasSize(180);
  }

  @Test
  void closingWritesWhatIsLeftAndLetsGoOfTheStore() {
    Node a = node();
    a.received("sid=1");
    var closed = a.jar.closeAsync().toCompletableFuture();
    assertThat(closed).isNotDone();
    a.run();
    assertThat(closed).isCompleted();
    assertThat(store.map).hasSize(1);
    assertThat(store.listeners).isEmpty();
    assertThat(a.timers).isEmpty();
    assertThat(a.looks).isEmpty();
    a.received("sid=2");
    assertThat(a.tasks).isEmpty();
    assertThat(a.header()).as("the copy goes on").isEqualTo("sid=2");
  }

  @Test
  void closingEndsThoughTheStoreFails() {
    Node a = node();
    store.failing = true;
    a.received("sid=1");
    var closed = a.jar.closeAsync().toCompletableFuture();
    a.run();
    assertThat(closed).isCompleted();
    assertThat(store.listeners).isEmpty();
    assertThat(a.timers).isEmpty();
    assertThat(a.looks).isEmpty();
  }
}
