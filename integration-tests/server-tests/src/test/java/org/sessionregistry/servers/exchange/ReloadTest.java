package org.sessionregistry.servers.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.sessionregistry.ClientSession;
import org.sessionregistry.RegistryListener;
import org.sessionregistry.ReloadReport;
import org.sessionregistry.Response;
import org.sessionregistry.SessionClosedException;
import org.sessionregistry.SessionHooks;
import org.sessionregistry.SessionRegistry;
import org.sessionregistry.SessionRegistryBuilder;
import org.sessionregistry.UnknownSessionException;
import org.sessionregistry.settings.AuthSettings;
import org.sessionregistry.settings.RegistryPlan;
import org.sessionregistry.settings.RegistrySettings;
import org.sessionregistry.settings.SessionSettings;
import org.sessionregistry.settings.SharedPoolSettings;

/** Settings change while requests are under way. */
@Timeout(60)
class ReloadTest {
  @RegisterExtension final World world = new World();

  private final RegistrySettings settings =
      RegistrySettings.DEFAULTS.withShutdownTimeout(Duration.ofSeconds(2));
  private final AtomicReference<RegistryPlan> plan = new AtomicReference<>(RegistryPlan.EMPTY);

  private void configure(SessionSettings... sessions) {
    configure(Map.of(), sessions);
  }

  private void configure(Map<String, SharedPoolSettings> pools, SessionSettings... sessions) {
    Map<String, SessionSettings> byName = new TreeMap<>();
    for (SessionSettings session : sessions) {
      byName.put(session.name(), session);
    }
    plan.set(new RegistryPlan(settings, pools, byName));
  }

  private SessionRegistry open() {
    return open(SessionRegistry.builder());
  }

  private SessionRegistry open(SessionRegistryBuilder builder) {
    return world.registry(builder.source(plan::get).build());
  }

  private static SessionSettings session(String name, Peer peer, String version) {
    return SessionSettings.builder(name).baseUrl(peer.origin()).header("X-Trace", version).build();
  }

  private static String version(Seen seen) {
    return String.join("", seen.headers().get("X-Trace"));
  }

  /** Answers with the version of the settings that sent the request. */
  private Peer versions() {
    return world.peer(PeerKind.JETTY, (self, call) -> call.reply(version(self.keep(call.see()))));
  }

  /** The same, once the gate is open. */
  private Peer versionsBehind(CountDownLatch gate) {
    return world.peer(
        PeerKind.JETTY,
        (self, call) -> {
          Seen seen = self.keep(call.see());
          if (seen.target().startsWith("/gate")) {
            Wait.on(gate);
          }
          call.reply(version(seen));
        });
  }

  private static String text(ClientSession session) throws Exception {
    return session.get("/").send().text();
  }

  @Test
  void onlyWhatChangedIsRebuilt() throws Exception {
    Peer peer = versions();
    configure(session("a", peer, "1"), session("b", peer, "1"));
    SessionRegistry registry = open();
    ClientSession a = registry.session("a");
    ClientSession b = registry.session("b");
    assertThat(text(a) + text(b)).isEqualTo("11");

    configure(session("a", peer, "2"), session("b", peer, "1"), session("c", peer, "1"));
    ReloadReport report = registry.reload();

    assertThat(report)
        .isEqualTo(
            new ReloadReport(List.of("c"), List.of("a"), List.of(), List.of("b"), List.of()));
    assertThat(registry.session("a")).isSameAs(a);
    assertThat(a.settings().headers()).containsEntry("X-Trace", "2");
    assertThat(text(a) + text(b) + text(registry.session("c"))).isEqualTo("211");
  }

  @Test
  void nothingChangesWhenNothingChanged() {
    Peer peer = versions();
    configure(session("a", peer, "1"));
    SessionRegistry registry = open();
    configure(session("a", peer, "1")); // other objects, the same values
    ReloadReport report = registry.reload();
    assertThat(report.isChange()).isFalse();
    assertThat(report).hasToString("opened [], changed [], closed [], 1 unchanged");
  }

  @Test
  void aPoolWhoseSettingsDidNotChangeKeepsItsConnections() throws Exception {
    Peer peer = versions();
    configure(session("a", peer, "1"));
    SessionRegistry registry = open();
    ClientSession a = registry.session("a");
    assertThat(text(a)).isEqualTo("1");
    for (int version = 2; version < 6; version++) {
      configure(session("a", peer, "" + version));
      registry.reload();
      assertThat(text(a)).isEqualTo("" + version);
    }
    assertThat(peer.peakConnections()).isEqualTo(1);
    assertThat(a.statistics().pool().opened()).isEqualTo(1);
    assertThat(a.statistics().requests()).isEqualTo(5);
    assertThat(a.statistics().succeeded()).isEqualTo(5);
  }

  @Test
  void aPoolWhoseSettingsChangedIsAnother() throws Exception {
    Peer peer = versions();
    configure(session("a", peer, "1"));
    SessionRegistry registry = open();
    ClientSession a = registry.session("a");
    assertThat(text(a)).isEqualTo("1");

    configure(session("a", peer, "2").toBuilder().pool(p -> p.withMaxConnections(3)).build());
    registry.reload();

    assertThat(a.statistics().pool().maxConnections()).isEqualTo(3);
    assertThat(text(a)).isEqualTo("2");
    Wait.until("the old pool's connection is closed", () -> peer.openConnections() == 1);
    assertThat(a.statistics().pool().opened()).as("the old pool's too").isEqualTo(2);
  }

  @Test
  void connectionsOfAnotherIdentityAreNotKept() throws Exception {
    Peer peer = versions();
    configure(session("a", peer, "1"));
    SessionRegistry registry = open();
    ClientSession a = registry.session("a");
    assertThat(text(a)).isEqualTo("1");
    configure(session("a", peer, "2").toBuilder().localAddress("127.0.0.1").build());
    registry.reload();
    assertThat(text(a)).isEqualTo("2");
    assertThat(a.statistics().pool().opened()).isEqualTo(2);
    Wait.until("the old connection is closed", () -> peer.openConnections() == 1);
  }

  @Test
  void whatIsInFlightOrQueuedFinishesUnderTheOldSettings() throws Exception {
    CountDownLatch gate = world.gate();
    Peer peer = versionsBehind(gate);
    configure(session("a", peer, "1").toBuilder().pool(p -> p.withMaxConnections(1)).build());
    SessionRegistry registry = open();
    ClientSession a = registry.session("a");
    CompletableFuture<Response> running = a.get("/gate").sendAsync();
    CompletableFuture<Response> queued = a.get("/later").sendAsync();
    Wait.until("one is served", () -> peer.active() == 1);

    configure(session("a", peer, "2").toBuilder().pool(p -> p.withMaxConnections(2)).build());
    registry.reload();

    assertThat(text(a)).isEqualTo("2");
    assertThat(a.statistics().inFlight()).isEqualTo(2);
    gate.countDown();
    assertThat(Wait.on(running).text()).isEqualTo("1");
    assertThat(Wait.on(queued).text()).isEqualTo("1");
    Wait.until("the old pool is closed", () -> peer.openConnections() == 1);
    assertThat(a.statistics().succeeded()).isEqualTo(3);
  }

  @Test
  void anExchangeThatAnInterceptorHoldsBackIsNotLost() throws Exception {
    Peer peer = versions();
    configure(session("a", peer, "1"));
    CompletableFuture<Void> leave = new CompletableFuture<>();
    SessionHooks hooks =
        SessionHooks.builder()
            .aroundExchange((request, next) -> leave.thenCompose(go -> next.send(request)))
            .build();
    SessionRegistry registry = open(SessionRegistry.builder().hooks("a", hooks));
    CompletableFuture<Response> held = registry.session("a").get("/").sendAsync();
    configure(session("a", peer, "2"));
    registry.reload();
    leave.complete(null);
    assertThat(Wait.on(held).text()).isEqualTo("2"); // it begins when it is let go
  }

  @Test
  void sessionsThatAreGoneCloseAndMayComeBack() throws Exception {
    CountDownLatch gate = world.gate();
    Peer peer = versionsBehind(gate);
    configure(session("a", peer, "1"), session("b", peer, "1"));
    SessionRegistry registry = open();
    ClientSession first = registry.session("a");
    CompletableFuture<Response> running = first.get("/gate").sendAsync();
    Wait.until("it is served", () -> peer.active() == 1);

    configure(session("b", peer, "1"));
    assertThat(registry.reload().closed()).containsExactly("a");
    assertThatExceptionOfType(SessionClosedException.class).isThrownBy(() -> first.get("/").send());

    configure(session("a", peer, "2"), session("b", peer, "1"));
    assertThat(registry.reload().opened()).containsExactly("a"); // while the first is closing
    ClientSession second = registry.session("a");
    assertThat(second).isNotSameAs(first);
    assertThat(text(second)).isEqualTo("2");
    gate.countDown();
    assertThat(Wait.on(running).text()).isEqualTo("1");
    Wait.until("the first is closed", () -> first.closeAsync().toCompletableFuture().isDone());
    assertThat(registry.session("a")).isSameAs(second);

    configure();
    registry.reload();
    Wait.until("nothing is left", () -> registry.names().isEmpty());
    assertThatExceptionOfType(UnknownSessionException.class)
        .isThrownBy(() -> registry.session("a"));
  }

  @Test
  void settingsThatCannotBeUsedChangeNothing() throws Exception {
    Peer peer = versions();
    configure(session("a", peer, "1"), session("b", peer, "1"));
    AtomicBoolean broken = new AtomicBoolean();
    SessionHooks tokens =
        SessionHooks.builder().tokens(() -> CompletableFuture.completedFuture("t")).build();
    SessionRegistry registry =
        world.registry(
            SessionRegistry.builder()
                .hooks("b", tokens)
                .source(
                    () -> {
                      if (broken.get()) {
                        throw new IllegalArgumentException("not today");
                      }
                      return plan.get();
                    })
                .build());
    assertThat(text(registry.session("a"))).isEqualTo("1");

    broken.set(true);
    assertThatIllegalArgumentException().isThrownBy(registry::reload).withMessage("not today");
    broken.set(false);
    configure(
        session("a", peer, "2"),
        session("b", peer, "2").toBuilder() // beside a supplier of tokens
            .auth(AuthSettings.basic("u", "p"))
            .build(),
        session("c", peer, "2"));
    assertThatIllegalArgumentException()
        .isThrownBy(registry::reload)
        .withMessageContaining("auth.type");

    assertThat(registry.names()).containsExactly("a", "b");
    assertThat(text(registry.session("a"))).isEqualTo("1");
    assertThat(text(registry.session("b"))).isEqualTo("1");
    configure(session("a", peer, "3"), session("b", peer, "3"));
    registry.reload();
    assertThat(text(registry.session("a")) + text(registry.session("b"))).isEqualTo("33");
  }

  @Test
  void sessionsOpenedInCodeStay() throws Exception {
    Peer peer = versions();
    configure(session("a", peer, "1"));
    SessionRegistry registry = open();
    ClientSession own = registry.open(session("own", peer, "7"));
    configure();
    assertThat(registry.reload().closed()).containsExactly("a");
    assertThat(text(own)).isEqualTo("7");
    configure(session("own", peer, "8"));
    assertThatIllegalArgumentException()
        .isThrownBy(registry::reload)
        .withMessage("session 'own' is configured, but was opened in code already");
    assertThat(text(own)).isEqualTo("7");
  }

  @Test
  void cookiesOutliveAReload() throws Exception {
    Peer peer =
        world.peer(
            PeerKind.JETTY,
            (self, call) -> {
              Seen seen = self.keep(call.see());
              call.header("Set-Cookie", "sid=" + version(seen));
              call.reply(new byte[0]);
            });
    configure(login(peer, "1"));
    SessionRegistry registry = open();
    ClientSession a = registry.session("a");
    a.get("/").send().bytes();
    configure(login(peer, "2").toBuilder().cookie("theme", "dark").build());
    registry.reload();
    assertThat(a.cookies().header(java.net.URI.create(peer.origin())))
        .isEqualTo("sid=1; theme=dark");
    configure(login(peer, "3").toBuilder().cookieJar(jar -> jar.withPublicSuffixes(false)).build());
    registry.reload();
    assertThat(a.cookies().header(java.net.URI.create(peer.origin())))
        .isEqualTo("sid=1; theme=dark"); // in another jar
  }

  private static SessionSettings login(Peer peer, String version) {
    return session("a", peer, version).toBuilder()
        .cookieJar(jar -> jar.withAcceptIpHosts(true))
        .build();
  }

  @Test
  void aSharedPoolThatDidNotChangeGoesOn() throws Exception {
    Peer peer = versions();
    SharedPoolSettings pool = SharedPoolSettings.named("erp");
    configure(Map.of("erp", pool), shared("a", peer, "1"), shared("b", peer, "1"));
    SessionRegistry registry = open();
    ClientSession a = registry.session("a");
    assertThat(text(a)).isEqualTo("1");

    configure(Map.of("erp", pool), shared("a", peer, "2"), shared("b", peer, "1"));
    assertThat(registry.reload().changed()).containsExactly("a");
    assertThat(text(a) + text(registry.session("b"))).isEqualTo("21");
    assertThat(peer.peakConnections()).isEqualTo(1);

    SharedPoolSettings larger = pool.withPool(pool.pool().withMaxConnections(7));
    configure(Map.of("erp", larger), shared("a", peer, "2"), shared("b", peer, "1"));
    assertThat(registry.reload().changed()).containsExactly("a", "b");
    assertThat(a.statistics().pool().maxConnections()).isEqualTo(7);
    assertThat(text(a) + text(registry.session("b"))).isEqualTo("21");
    Wait.until("the old pool's connection is closed", () -> peer.openConnections() == 1);
  }

  private static SessionSettings shared(String name, Peer peer, String version) {
    return session(name, peer, version).toBuilder().pool(p -> p.withName("erp")).build();
  }

  @Test
  void nothingIsLostUnderLoad() throws Exception {
    Peer peer = versions();
    configure(session("a", peer, "0"));
    SessionRegistry registry = open();
    ClientSession a = registry.session("a");
    AtomicBoolean over = new AtomicBoolean();
    AtomicInteger sent = new AtomicInteger();
    ExecutorService callers = Executors.newFixedThreadPool(8);
    try {
      List<Future<?>> calling = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        calling.add(
            callers.submit(
                () -> {
                  while (!over.get()) {
                    List<CompletableFuture<String>> some = new ArrayList<>();
                    for (int n = 0; n < 4; n++) {
                      sent.incrementAndGet();
                      some.add(a.get("/").sendAsync().thenCompose(Response::textAsync));
                    }
                    for (CompletableFuture<String> one : some) {
                      assertThat(Integer.parseInt(Wait.on(one))).isBetween(0, 150);
                    }
                  }
                  return null;
                }));
      }
      for (int version = 1; version <= 150; version++) {
        int connections = 5 + version % 3 / 2; // two of three reloads change the pool
        configure(
            session("a", peer, "" + version).toBuilder()
                .pool(p -> p.withMaxConnections(connections))
                .build());
        assertThat(registry.reload().changed()).containsExactly("a");
        int before = sent.get();
        Wait.until("requests go on", () -> sent.get() > before + 8);
      }
      over.set(true);
      for (Future<?> one : calling) {
        one.get();
      }
    } finally {
      over.set(true);
      callers.shutdown();
    }
    Wait.until("all is counted", () -> a.statistics().succeeded() == sent.get());
    assertThat(a.statistics().failed()).isZero();
    assertThat(text(a)).isEqualTo("150");
    Wait.until("one pool is left", () -> peer.openConnections() <= 6);
  }

  @Test
  void closingWhileItReloadsLeavesNothing() throws Exception {
    Peer peer = versions();
    for (int round = 0; round < 20; round++) {
      configure(session("a", peer, "0"), session("b", peer, "0"));
      SessionRegistry registry = open();
      assertThat(text(registry.session("a"))).isEqualTo("0");
      CountDownLatch reloads = new CountDownLatch(3);
      CompletableFuture<Void> reloading =
          CompletableFuture.runAsync(
              () -> {
                for (int version = 1; ; version++) {
                  configure(session("a", peer, "" + version), session("c" + version, peer, "0"));
                  registry.reload();
                  reloads.countDown();
                }
              });
      Wait.on(reloads);
      registry.close();
      assertThatExceptionOfType(ExecutionException.class)
          .isThrownBy(reloading::get)
          .withCauseInstanceOf(IllegalStateException.class)
          .withMessageContaining("the registry is closed, so nothing is reloaded");
    }
  }

  @Test
  void itReloadsByItselfWhenToldTo() throws Exception {
    Peer peer = versions();
    plan.set(
        new RegistryPlan(
            settings.withReloadInterval(Duration.ofMillis(5)),
            Map.of(),
            Map.of("a", session("a", peer, "1"))));
    AtomicInteger reads = new AtomicInteger();
    AtomicBoolean broken = new AtomicBoolean();
    SessionRegistry registry =
        world.registry(
            SessionRegistry.builder()
                .source(
                    () -> {
                      reads.incrementAndGet();
                      if (broken.get()) {
                        throw new IllegalArgumentException("not today");
                      }
                      return plan.get();
                    })
                .build());
    ClientSession a = registry.session("a");
    broken.set(true);
    int before = reads.get();
    Wait.until("it goes on after a failure", () -> reads.get() > before + 2);
    assertThat(text(a)).isEqualTo("1");
    broken.set(false);
    plan.set(
        new RegistryPlan(
            settings.withReloadInterval(Duration.ZERO), // and no more
            Map.of(),
            Map.of("a", session("a", peer, "2"))));
    Wait.until("it has changed", () -> a.settings().headers().containsValue("2"));
    assertThat(text(a)).isEqualTo("2");
    registry.reload(); // what was due before is over by now
    int last = reads.get();
    assertThat(text(a)).isEqualTo("2");
    assertThat(reads.get()).isEqualTo(last);
  }

  @Test
  void whatThreadsWereMadeWithNeedsARestart() {
    configure();
    SessionRegistry registry = open();
    plan.set(
        new RegistryPlan(settings.withEventLoops(3).withMaxConnections(9), Map.of(), Map.of()));
    assertThat(registry.reload().needingRestart())
        .containsExactly(
            "client-session-registry.event-loops", "client-session-registry.max-connections");
  }

  @Test
  void aRegistryWithoutASourceSaysSo() {
    SessionRegistry registry = world.registry();
    assertThatIllegalStateException()
        .isThrownBy(registry::reload)
        .withMessageContaining("SessionRegistryBuilder.source");
  }

  @Test
  void listenersHearWhatComesAndGoes() {
    Peer peer = versions();
    List<String> heard = Collections.synchronizedList(new ArrayList<>());
    RegistryListener listener =
        new RegistryListener() {
          @Override
          public void opened(ClientSession session) {
            heard.add("opened " + session.name());
          }

          @Override
          public void reloaded(ClientSession session) {
            heard.add("reloaded " + session.name());
            throw new IllegalStateException("which changes nothing");
          }

          @Override
          public void closed(ClientSession session) {
            heard.add("closed " + session.name());
          }
        };
    configure(session("a", peer, "1"), session("b", peer, "1"));
    SessionRegistry registry = open(SessionRegistry.builder().listener(listener));
    configure(session("a", peer, "2"), session("c", peer, "1"));
    registry.reload();
    Wait.until("b is closed", () -> heard.contains("closed b"));
    assertThat(heard)
        .containsExactlyInAnyOrder("opened a", "opened b", "opened c", "reloaded a", "closed b");
    registry.close();
    assertThat(heard).contains("closed a", "closed c");
  }
}
