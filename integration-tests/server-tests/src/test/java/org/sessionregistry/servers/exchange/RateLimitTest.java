package org.sessionregistry.servers.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionregistry.ClientSession;
import org.sessionregistry.PoolStatistics;
import org.sessionregistry.Response;
import org.sessionregistry.SessionRegistry;
import org.sessionregistry.settings.HttpVersionPreference;
import org.sessionregistry.settings.RegistryPlan;
import org.sessionregistry.settings.RegistrySettings;
import org.sessionregistry.settings.SessionSettings;
import org.sessionregistry.settings.SharedPoolSettings;
import org.sessionregistry.settings.TenancyType;

/** How many requests are started in a period, counted by the servers that they come to. */
@ParameterizedClass
@EnumSource(PeerKind.class)
@Timeout(60)
class RateLimitTest {
  private static final Duration PERIOD = Duration.ofSeconds(1);

  /** By how much the way to the server may differ between two requests. */
  private static final Duration JITTER = Duration.ofMillis(400);

  @Parameter PeerKind kind;

  @RegisterExtension final World world = new World();

  /** When requests came, by the first segment of their path. */
  private final Map<String, Queue<Long>> arrivals = new ConcurrentHashMap<>();

  private Peer counting() {
    return world.peer(
        kind,
        call -> {
          String target = call.see().target();
          String who = target.split("/")[1];
          arrivals
              .computeIfAbsent(who, first -> new ConcurrentLinkedQueue<>())
              .add(System.nanoTime());
          call.reply(target);
        });
  }

  private static List<CompletableFuture<String>> getAll(ClientSession session, String who, int n) {
    return IntStream.range(0, n)
        .mapToObj(
            i -> session.get("/" + who + "/" + i).sendAsync().thenCompose(Response::textAsync))
        .toList();
  }

  private void assertAtMost(int permits, String who, int all) {
    List<Long> times = new ArrayList<>(arrivals.get(who));
    assertThat(times).hasSize(all);
    times.sort(null);
    for (int i = permits; i < all; i++) {
      assertThat(Duration.ofNanos(times.get(i) - times.get(i - permits)))
          .as("from request %s to the one that is %s later", i - permits, permits)
          .isGreaterThan(PERIOD.minus(JITTER));
    }
  }

  @Test
  void noWindowHasMoreRequestsThanPermits() throws Exception {
    Peer peer = counting();
    ClientSession session = world.session(peer, s -> s.rateLimit(10, PERIOD));
    ClientSession warming = world.session(peer);
    for (CompletableFuture<String> text : getAll(warming, "warm-up", 20)) {
      Wait.on(text);
    }

    long began = System.nanoTime();
    List<CompletableFuture<String>> texts = getAll(session, "limited", 35);
    PoolStatistics pool = session.statistics().pool();
    assertThat(pool.waitingForPermit()).isEqualTo(25);
    assertThat(pool.waiting()).isEqualTo(25);
    for (CompletableFuture<String> text : texts) {
      Wait.on(text);
    }

    Duration took = Duration.ofNanos(System.nanoTime() - began);
    assertThat(took).isBetween(PERIOD.multipliedBy(3), PERIOD.multipliedBy(12));
    assertAtMost(10, "limited", 35);
    assertThat(session.statistics().pool().waitingForPermit()).isZero();
  }

  @Test
  void aSessionWithoutPermitHoldsUpNoOtherOfItsPool() throws Exception {
    Peer peer = counting();
    SessionSettings plain =
        SessionSettings.builder("other")
            .baseUrl(peer.origin())
            .httpVersion(version(peer))
            .pool(p -> p.withName("shared"))
            .build();
    SessionRegistry registry =
        world.registry(
            SessionRegistry.builder()
                .pool(
                    SharedPoolSettings.named("shared")
                        .withPool(SharedPoolSettings.named("x").pool().withMaxConnections(1)))
                .session(plain)
                .session(renamed(plain, "limited").toBuilder().rateLimit(1, PERIOD).build())
                .build());
    List<CompletableFuture<String>> limited = getAll(registry.session("limited"), "limited", 3);

    for (CompletableFuture<String> text : getAll(registry.session("other"), "other", 20)) {
      Wait.on(text);
    }

    assertThat(limited.get(2)).isNotDone();
    for (CompletableFuture<String> text : limited) {
      Wait.on(text);
    }
    assertAtMost(1, "limited", 3);
  }

  private static HttpVersionPreference version(Peer peer) {
    return peer.speaksHttp2() ? HttpVersionPreference.HTTP_2 : HttpVersionPreference.AUTO;
  }

  private static SessionSettings renamed(SessionSettings from, String name) {
    return SessionSettings.builder(name)
        .baseUrl(from.baseUrl().orElseThrow())
        .httpVersion(from.httpVersion())
        .pool(p -> from.pool())
        .build();
  }

  @Test
  void eachTenantHasPermitsOfItsOwn() throws Exception {
    Peer peer = counting();
    ClientSession template =
        world.session(
            peer,
            s ->
                s.rateLimit(1, PERIOD)
                    .tenancy(t -> t.withType(TenancyType.REQUIRED))
                    .tenant("gold", gold -> gold.rateLimit(limit -> limit.withPermits(3))));
    SessionRegistry registry = world.registryOf(template);
    List<CompletableFuture<String>> all = new ArrayList<>();
    for (String tenant : List.of("acme", "bolt")) {
      all.addAll(getAll(registry.session(template.name(), tenant), tenant, 2));
    }
    all.addAll(getAll(registry.session(template.name(), "gold"), "gold", 6));
    for (CompletableFuture<String> text : all) {
      Wait.on(text);
    }
    assertAtMost(1, "acme", 2);
    assertAtMost(1, "bolt", 2);
    assertAtMost(3, "gold", 6);
  }

  @Test
  void aReloadChangesTheLimitOfThoseThatWaitAndForgetsNoStart() throws Exception {
    Peer peer = counting();
    SessionSettings slow =
        SessionSettings.builder("a")
            .baseUrl(peer.origin())
            .httpVersion(version(peer))
            .rateLimit(1, Duration.ofHours(1))
            .build();
    AtomicReference<SessionSettings> settings = new AtomicReference<>(slow);
    SessionRegistry registry =
        world.registry(
            SessionRegistry.builder()
                .source(
                    () ->
                        new RegistryPlan(
                            RegistrySettings.DEFAULTS, Map.of(), Map.of("a", settings.get())))
                .build());
    List<CompletableFuture<String>> all = new ArrayList<>(getAll(registry.session("a"), "a", 5));
    Wait.on(all.get(0));

    // Another pool, too, so that earlier waiters and later ones stand in different queues.
    settings.set(slow.toBuilder().rateLimit(4, PERIOD).pool(p -> p.withMaxConnections(7)).build());
    registry.reload();
    all.addAll(getAll(registry.session("a"), "a", 5));

    for (CompletableFuture<String> text : all) {
      Wait.on(text);
    }
    assertAtMost(4, "a", 10);
  }
}
