package org.sessionregistry.servers.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.sessionregistry.ClientSession;
import org.sessionregistry.HttpStatusException;
import org.sessionregistry.PoolStatistics;
import org.sessionregistry.QueueFullException;
import org.sessionregistry.Response;
import org.sessionregistry.SessionClosedException;
import org.sessionregistry.SessionHooks;
import org.sessionregistry.SessionRegistry;
import org.sessionregistry.TokenSupplier;
import org.sessionregistry.UnknownSessionException;
import org.sessionregistry.UnknownTenantException;
import org.sessionregistry.cookie.CookieJar;
import org.sessionregistry.settings.AuthSettings;
import org.sessionregistry.settings.CookieJarSettings;
import org.sessionregistry.settings.QueueSettings;
import org.sessionregistry.settings.RegistryPlan;
import org.sessionregistry.settings.RegistrySettings;
import org.sessionregistry.settings.SessionSettings;
import org.sessionregistry.settings.SessionSettingsBuilder;
import org.sessionregistry.settings.SharedPoolSettings;
import org.sessionregistry.settings.TenancyType;
import org.sessionregistry.settings.TenantPool;

/** One session, many tenants. */
@Timeout(60)
class TenantsTest {
  @RegisterExtension final World world = new World();

  private final ThreadLocal<String> tenant = new ThreadLocal<>();
  private final SessionHooks resolving =
      SessionHooks.builder().tenants(() -> Optional.ofNullable(tenant.get())).build();

  private static SessionSettings template(Peer peer, UnaryOperator<SessionSettingsBuilder> change) {
    return change
        .apply(
            SessionSettings.builder("crm")
                .baseUrl(peer.origin())
                .cookieJar(jar -> jar.withAcceptIpHosts(true))
                .tenancy(tenancy -> tenancy.withType(TenancyType.REQUIRED)))
        .build();
  }

  private static SessionSettings template(Peer peer) {
    return template(peer, same -> same);
  }

  /** Answers with the cookies and credentials that came, and sets those that the path names. */
  private Peer mirror() {
    return world.peer(
        PeerKind.JETTY,
        (self, call) -> {
          Seen seen = self.keep(call.see());
          if (seen.target().startsWith("/login/")) {
            call.header("Set-Cookie", "sid=" + seen.target().substring(7) + "; Path=/");
          }
          call.reply(
              String.join(",", seen.header("Cookie"))
                  + "|"
                  + String.join(",", seen.header("Authorization"))
                  + "|"
                  + String.join(",", seen.header("X-Api-Key")));
        });
  }

  private static String text(ClientSession session, String path) throws Exception {
    return session.get(path).send().text();
  }

  @Test
  void theResolverSaysOnEachRequestWhoseItIs() throws Exception {
    Peer peer = mirror();
    ClientSession crm = world.registry().open(template(peer), resolving);
    for (String name : List.of("acme", "bolt")) {
      tenant.set(name);
      assertThat(text(crm, "/login/" + name)).isEqualTo("||");
    }
    for (String name : List.of("acme", "bolt", "acme")) {
      tenant.set(name);
      assertThat(text(crm, "/")).isEqualTo("sid=" + name + "||");
      assertThat(crm.cookies().header(URI.create(peer.origin()))).isEqualTo("sid=" + name);
    }
    assertThat(crm.statistics().requests()).isEqualTo(5);
    assertThat(crm.statistics().succeeded()).isEqualTo(5);
    assertThat(peer.peakConnections()).isEqualTo(1); // one pool, opened alike
  }

  @Test
  void theCallersThreadIsAskedWhateverThreadGoesOn() throws Exception {
    Peer peer = mirror();
    ClientSession crm = world.registry().open(template(peer), resolving);
    tenant.set("acme");
    CompletableFuture<Response> asynchronous = crm.get("/login/acme").sendAsync();
    tenant.remove();
    Wait.on(asynchronous).close();
    tenant.set("acme");
    assertThat(text(crm, "/")).isEqualTo("sid=acme||");
    assertThat(
            crm.asHttpClient()
                .send(
                    java.net.http.HttpRequest.newBuilder(URI.create(peer.origin() + "/")).build(),
                    java.net.http.HttpResponse.BodyHandlers.ofString())
                .body())
        .isEqualTo("sid=acme||");
  }

  @Test
  void withoutATenantNothingIsSent() throws Exception {
    Peer peer = mirror();
    SessionRegistry registry = world.registry();
    ClientSession crm = registry.open(template(peer), resolving);
    assertThatExceptionOfType(UnknownTenantException.class)
        .isThrownBy(() -> crm.get("/").send())
        .withMessageStartingWith(
            "session 'crm' needs a tenant (tenancy=required), and its TenantResolver gave none");
    assertThat(crm.get("/").sendAsync()).isCompletedExceptionally();
    assertThat(crm.webSocket("/").connectAsync()).isCompletedExceptionally();
    assertThatExceptionOfType(UnknownTenantException.class).isThrownBy(crm::cookies);
    tenant.set("a\nb");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> crm.get("/").send())
        .withMessage("a tenant's name is text without control characters, not 'a?b'");
    assertThat(peer.served()).isZero();
    assertThat(crm.statistics().requests()).isZero();
  }

  @Test
  void whatTheResolverThrowsIsWhatTheRequestFailsWith() {
    ClientSession crm =
        world
            .registry()
            .open(
                template(mirror()),
                SessionHooks.builder()
                    .tenants(
                        () -> {
                          throw new SecurityException("who are you");
                        })
                    .build());
    assertThatThrownBy(() -> crm.get("/").send())
        .isInstanceOf(SecurityException.class)
        .hasMessage("who are you");
  }

  @Test
  void optionallyItIsASessionOfItsOwn() throws Exception {
    Peer peer = mirror();
    ClientSession crm =
        world
            .registry()
            .open(template(peer, s -> s.tenancy(t -> t.withType(TenancyType.OPTIONAL))), resolving);
    text(crm, "/login/nobody");
    tenant.set("acme");
    assertThat(text(crm, "/")).isEqualTo("||");
    tenant.remove();
    assertThat(text(crm, "/")).isEqualTo("sid=nobody||");
  }

  @Test
  void codeNamesTheTenant() throws Exception {
    Peer peer = mirror();
    SessionRegistry registry = world.registry();
    registry.open(template(peer));
    registry.open(SessionSettings.named("plain"));
    ClientSession acme = registry.session("crm", "acme");
    assertThat(acme.name()).isEqualTo("crm");
    assertThat(acme.tenant()).contains("acme");
    text(acme, "/login/a1");
    assertThat(text(registry.session("crm", "acme"), "/")).isEqualTo("sid=a1||");
    assertThat(text(registry.session("crm", "bolt"), "/")).isEqualTo("||");
    assertThat(acme.statistics().requests()).isEqualTo(2);

    assertThatExceptionOfType(UnknownTenantException.class)
        .isThrownBy(() -> registry.session("crm").get("/").send())
        .withMessageContaining("it has no TenantResolver");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> registry.session("plain", "acme"))
        .withMessage(
            "session 'plain' has no tenants: set client-session.plain.tenancy=required or"
                + " optional");
    assertThatExceptionOfType(UnknownSessionException.class)
        .isThrownBy(() -> registry.session("crn", "acme"));
    assertThatIllegalArgumentException().isThrownBy(() -> registry.session("crm", " "));
  }

  @Test
  void aTenantHasSettingsAndCredentialsOfItsOwn() throws Exception {
    Peer peer = mirror();
    SessionRegistry registry = world.registry();
    registry.open(
        template(
            peer,
            s ->
                s.header("X-Api-Key", "all")
                    .tenant("acme", t -> t.auth(AuthSettings.bearer("a-token")))
                    .tenant("bolt", t -> t.header("X-Api-Key", "bolt"))));
    assertThat(text(registry.session("crm", "acme"), "/")).isEqualTo("|Bearer a-token|all");
    assertThat(text(registry.session("crm", "bolt"), "/")).isEqualTo("||bolt");
    assertThat(text(registry.session("crm", "other"), "/")).isEqualTo("||all");
  }

  @Test
  void eachTenantsTokenIsAskedForAndKeptByItself() throws Exception {
    Peer peer = mirror();
    AtomicInteger asked = new AtomicInteger();
    TokenSupplier tokens =
        new TokenSupplier() {
          @Override
          public CompletionStage<String> token() {
            throw new AssertionError("there is a tenant");
          }

          @Override
          public CompletionStage<String> token(Optional<String> whose) {
            asked.incrementAndGet();
            return CompletableFuture.completedFuture("of-" + whose.orElseThrow());
          }
        };
    SessionRegistry registry = world.registry();
    registry.open(template(peer), SessionHooks.builder().tokens(tokens).build());
    for (int i = 0; i < 3; i++) {
      assertThat(text(registry.session("crm", "acme"), "/")).isEqualTo("|Bearer of-acme|");
      assertThat(text(registry.session("crm", "bolt"), "/")).isEqualTo("|Bearer of-bolt|");
    }
    assertThat(asked).hasValue(2);
  }

  @Test
  void failuresNameTheTenant() throws Exception {
    Peer peer = world.peer(PeerKind.JETTY, call -> call.status(500).reply(new byte[0]));
    SessionRegistry registry = world.registry();
    registry.open(template(peer, s -> s.raiseForStatus(true)));
    assertThatExceptionOfType(HttpStatusException.class)
        .isThrownBy(() -> registry.session("crm", "acme").get("/").send())
        .withMessageStartingWith("session 'crm' of tenant 'acme': GET ")
        .satisfies(failure -> assertThat(failure.detail().tenant()).contains("acme"));
  }

  @Test
  void oneTenantCannotTakeAllConnections() throws Exception {
    CountDownLatch gate = world.gate();
    Peer peer =
        world.peer(
            PeerKind.JETTY,
            call -> {
              if (call.target().equals("/gate")) {
                Wait.on(gate);
              }
              call.reply(new byte[0]);
            });
    SessionRegistry registry = world.registry();
    registry.open(
        template(
            peer,
            s ->
                s.pool(p -> p.withMaxConnections(4).withMaxConnectionsPerTenant(3))
                    .queue(QueueSettings.DEFAULTS.withMaxSizePerTenant(5))));
    ClientSession acme = registry.session("crm", "acme");
    List<CompletableFuture<Response>> many = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      many.add(acme.get("/gate").sendAsync());
    }
    assertThatExceptionOfType(QueueFullException.class)
        .isThrownBy(() -> acme.get("/gate").send())
        .withMessageContaining("its part of 5 of the queue is full");
    assertThat(registry.session("crm", "bolt").get("/").send().status()).isEqualTo(200);
    assertThat(acme.statistics().pool().largestHolders().get(0).name()).isEqualTo("crm of acme");
    gate.countDown();
    for (CompletableFuture<Response> one : many) {
      Wait.on(one).close();
    }
  }

  @Test
  void isolatedTenantsHaveAPoolEach() throws Exception {
    Peer peer = mirror();
    SessionRegistry registry = world.registry();
    registry.open(
        template(
            peer,
            s ->
                s.tenancy(t -> t.withPool(TenantPool.ISOLATED))
                    .tenant("bolt", t -> t.pool(p -> p.withMaxConnections(2)))));
    text(registry.session("crm", "acme"), "/");
    text(registry.session("crm", "bolt"), "/");
    assertThat(peer.openConnections()).isEqualTo(2);
    assertThat(registry.session("crm", "acme").statistics().pool().maxConnections()).isEqualTo(100);
    assertThat(registry.session("crm", "bolt").statistics().pool().maxConnections()).isEqualTo(2);
  }

  @Test
  void theTemplateShowsThePoolsOfIsolatedTenantsAsOne() throws Exception {
    CountDownLatch gate = world.gate();
    Peer peer =
        world.peer(
            PeerKind.JETTY,
            call -> {
              if (call.target().equals("/gate")) {
                Wait.on(gate);
              }
              call.reply(new byte[0]);
            });
    SessionRegistry registry = world.registry();
    ClientSession crm =
        registry.open(
            template(
                peer,
                s ->
                    s.tenancy(t -> t.withPool(TenantPool.ISOLATED))
                        .pool(p -> p.withMaxConnections(2))
                        .queue(QueueSettings.ofMaxSize(5))));
    assertThat(crm.statistics().pool().maxConnections()).as("nobody is there yet").isEqualTo(2);
    List<CompletableFuture<Response>> running = new ArrayList<>();
    for (String name : List.of("acme", "acme", "acme", "bolt")) {
      running.add(registry.session("crm", name).get("/gate").sendAsync());
    }
    Wait.until("three are served", () -> crm.statistics().pool().inUse() == 3);
    PoolStatistics sum = crm.statistics().pool();
    assertThat(sum.waiting()).isOne();
    assertThat(sum.oldestWait()).isPositive();
    assertThat(sum.maxConnections()).isEqualTo(4);
    assertThat(sum.queueLimit()).hasValue(10);
    assertThat(sum.peakInUse()).as("of one tenant").isEqualTo(2);
    assertThat(sum.largestHolders())
        .containsExactly(
            new PoolStatistics.Holder("acme", 2, 1), new PoolStatistics.Holder("bolt", 1, 0));
    assertThat(registry.statistics().connections()).isEqualTo(3);
    gate.countDown();
    for (CompletableFuture<Response> each : running) {
      Wait.on(each).text();
    }
    long opened = crm.statistics().pool().opened();
    long reused = crm.statistics().pool().reused();
    assertThat(opened + reused).isGreaterThanOrEqualTo(4);
    registry.session("crm", "acme").close();
    registry.session("crm", "bolt").close();
    Wait.until("no connection is left", () -> registry.statistics().connections() == 0);
    assertThat(crm.statistics().pool().opened()).as("counted for good").isEqualTo(opened);
    assertThat(crm.statistics().pool().reused()).isEqualTo(reused);
    assertThat(crm.statistics().pool().peakInUse()).isEqualTo(2);
  }

  @Test
  void tenantsOfASharedPoolTakeTurnsWithItsSessions() throws Exception {
    Peer peer = mirror();
    SharedPoolSettings pool = SharedPoolSettings.named("erp");
    SessionRegistry registry =
        world.registry(
            SessionRegistry.builder()
                .settings(RegistrySettings.DEFAULTS)
                .pool(pool.withPool(pool.pool().withMaxConnections(7)))
                .session(
                    template(
                        peer,
                        s ->
                            s.pool(p -> p.withName("erp"))
                                .tenant("bolt", t -> t.header("X-Api-Key", "bolt"))))
                .build());
    assertThat(text(registry.session("crm", "bolt"), "/")).isEqualTo("||bolt");
    assertThat(text(registry.session("crm", "acme"), "/")).isEqualTo("||");
    assertThat(registry.session("crm", "bolt").statistics().pool().maxConnections()).isEqualTo(7);
    assertThat(peer.peakConnections()).isEqualTo(1);
  }

  @Test
  void theOneThatWasIdleForTheLongestTimeMakesRoom() throws Exception {
    CountDownLatch gate = world.gate();
    Peer peer =
        world.peer(
            PeerKind.JETTY,
            call -> {
              if (call.target().equals("/gate")) {
                Wait.on(gate);
              }
              call.header("Set-Cookie", "sid=1; Path=/").reply(new byte[0]);
            });
    SessionRegistry registry = world.registry();
    registry.open(template(peer, s -> s.tenancy(t -> t.withMaxTenants(3))));
    CompletableFuture<Response> busy = registry.session("crm", "busy").get("/gate").sendAsync();
    for (String name : List.of("a", "b", "c")) {
      registry.session("crm", name).get("/").send().close();
      Wait.until("it is idle", () -> registry.session("crm", name).statistics().inFlight() == 0);
    }
    assertThat(cookies(registry, "b")).isOne();
    assertThat(cookies(registry, "c")).isOne();
    assertThat(cookies(registry, "a")).as("closed for c, opened again for b").isZero();
    gate.countDown();
    Wait.on(busy).close();
    assertThat(registry.session("crm").statistics().requests()).isEqualTo(4);
    Wait.until("all are done", () -> registry.session("crm").statistics().succeeded() == 4);
  }

  private static int cookies(SessionRegistry registry, String name) {
    return registry.session("crm", name).cookies().cookies().size();
  }

  @Test
  void thoseThatAreIdleForLongAreClosed() throws Exception {
    Peer peer = mirror();
    SessionRegistry registry = world.registry();
    registry.open(template(peer, s -> s.tenancy(t -> t.withIdleTimeout(Duration.ofMillis(30)))));
    ClientSession acme = registry.session("crm", "acme");
    text(acme, "/login/a1");
    CookieJar first = acme.cookies();
    Wait.until("another jar", () -> isAnother(acme, first));
    assertThat(text(acme, "/")).isEqualTo("||");
    Wait.until("both are counted", () -> registry.session("crm").statistics().succeeded() == 2);
  }

  /** To ask is to use it, so it is not asked often. */
  private static boolean isAnother(ClientSession session, CookieJar first) {
    java.util.concurrent.locks.LockSupport.parkNanos(60_000_000);
    return session.cookies() != first;
  }

  @Test
  void closingATenantIsForgettingIt() throws Exception {
    Peer peer = mirror();
    SessionRegistry registry = world.registry();
    registry.open(template(peer));
    ClientSession acme = registry.session("crm", "acme");
    text(acme, "/login/a1");
    acme.close();
    assertThat(text(acme, "/")).isEqualTo("||");
  }

  @Test
  void nothingIsLostWhileTenantsComeAndGo() throws Exception {
    Peer peer = mirror();
    SessionRegistry registry = world.registry();
    ClientSession crm =
        registry.open(
            template(
                peer,
                s -> s.tenancy(t -> t.withMaxTenants(3).withIdleTimeout(Duration.ofMillis(10)))),
            resolving);
    AtomicInteger sent = new AtomicInteger();
    ExecutorService callers = Executors.newFixedThreadPool(6);
    try {
      List<Future<?>> calling = new ArrayList<>();
      for (int caller = 0; caller < 6; caller++) {
        calling.add(
            callers.submit(
                () -> {
                  for (int i = 0; i < 500; i++) {
                    tenant.set("t" + ThreadLocalRandom.current().nextInt(12));
                    sent.incrementAndGet();
                    assertThat(text(crm, "/")).isEqualTo("||");
                  }
                  return null;
                }));
      }
      for (Future<?> one : calling) {
        one.get();
      }
    } finally {
      callers.shutdownNow();
    }
    Wait.until("all are counted", () -> crm.statistics().succeeded() == sent.get());
    assertThat(crm.statistics().failed()).isZero();
    assertThat(peer.served()).isEqualTo(3000);
  }

  @Test
  void aReloadReachesTenants() throws Exception {
    Peer peer = mirror();
    AtomicReference<SessionSettings> settings =
        new AtomicReference<>(template(peer, s -> s.header("X-Api-Key", "1")));
    SessionRegistry registry =
        world.registry(
            SessionRegistry.builder()
                .source(
                    () ->
                        new RegistryPlan(
                            RegistrySettings.DEFAULTS, Map.of(), Map.of("crm", settings.get())))
                .build());
    ClientSession acme = registry.session("crm", "acme");
    ClientSession bolt = registry.session("crm", "bolt");
    text(acme, "/login/a");
    assertThat(text(bolt, "/")).isEqualTo("||1");

    settings.set(
        template(
            peer, s -> s.header("X-Api-Key", "2").tenant("bolt", t -> t.header("X-Api-Key", "b"))));
    registry.reload();
    assertThat(text(acme, "/")).isEqualTo("sid=a||2");
    assertThat(text(bolt, "/")).isEqualTo("||b");
    assertThat(peer.peakConnections()).isEqualTo(1);

    settings.set(
        template(peer, s -> s.header("X-Api-Key", "3").pool(p -> p.withMaxConnections(5))));
    registry.reload();
    assertThat(text(acme, "/")).isEqualTo("sid=a||3");
    assertThat(acme.statistics().pool().maxConnections()).isEqualTo(5);

    settings.set(
        template(peer, s -> s.header("X-Api-Key", "4").tenancy(t -> t.withType(TenancyType.NONE))));
    registry.reload();
    assertThat(text(registry.session("crm"), "/")).isEqualTo("||4");
    assertThatIllegalArgumentException().isThrownBy(() -> acme.get("/").send());
    Wait.until("one pool is left", () -> peer.openConnections() == 1);
  }

  @Test
  void closingTheRegistryClosesTenants() throws Exception {
    CountDownLatch gate = world.gate();
    Peer peer =
        world.peer(
            PeerKind.JETTY,
            call -> {
              Wait.on(gate);
              call.reply(new byte[0]);
            });
    SessionRegistry registry =
        world.registry(RegistrySettings.DEFAULTS.withShutdownTimeout(Duration.ofMillis(50)));
    registry.open(template(peer, s -> s.pool(p -> p.withMaxConnections(2))));
    List<CompletableFuture<Response>> running = new ArrayList<>();
    for (String name : List.of("a", "b", "c")) {
      running.add(registry.session("crm", name).get("/").sendAsync());
    }
    ClientSession acme = registry.session("crm", "a");
    Wait.until("two are served", () -> peer.active() == 2);
    registry.close();
    for (CompletableFuture<Response> one : running) {
      assertThat(one)
          .failsWithin(Wait.BOUND)
          .withThrowableOfType(ExecutionException.class)
          .withCauseInstanceOf(SessionClosedException.class);
    }
    assertThatExceptionOfType(SessionClosedException.class).isThrownBy(() -> acme.get("/").send());
  }

  @Test
  void whatContradictsTenantsIsRefused() {
    SessionRegistry registry = world.registry();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> registry.open(SessionSettings.named("plain"), resolving))
        .withMessageContaining("tenancy")
        .withMessageContaining("required or optional beside a TenantResolver");
    CookieJar jar =
        CookieJar.inMemory(CookieJarSettings.DEFAULTS, java.time.InstantSource.system());
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> registry.open(template(mirror()), SessionHooks.builder().cookieJar(jar).build()))
        .withMessageContaining("no tenant may see another's cookies");
    assertThat(registry.names()).isEmpty();
  }
}
