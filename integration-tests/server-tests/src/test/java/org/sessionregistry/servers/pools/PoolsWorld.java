package org.sessionregistry.servers.pools;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.sessionregistry.ClientSession;
import org.sessionregistry.PoolStatistics;
import org.sessionregistry.Response;
import org.sessionregistry.SessionRegistry;
import org.sessionregistry.SessionRegistryBuilder;
import org.sessionregistry.config.ConfiguredRegistry;
import org.sessionregistry.config.SessionConfig;

/**
 * An upstream, and a registry that is configured as an application's is. When the test is over, no
 * connection of it and no thread may be left.
 */
final class PoolsWorld implements AfterEachCallback {
  final Upstream upstream = new Upstream();
  private final Map<String, String> properties = new HashMap<>();
  private SessionRegistry registry;

  /** Sets a property, before the first session is asked for. */
  PoolsWorld with(String key, Object value) {
    properties.put(key, value.toString());
    return this;
  }

  /** Names a session, whose base URL is the upstream. */
  PoolsWorld session(String name) {
    return with("client-session." + name + ".base-url", upstream.of(name));
  }

  /** Names a session that shares a pool. */
  PoolsWorld sharing(String pool, String name) {
    return session(name).with("client-session." + name + ".pool.name", pool);
  }

  SessionRegistry registry() {
    if (registry == null) {
      ConfiguredRegistry read =
          SessionConfig.read(
              new SmallRyeConfigBuilder()
                  .withSources(new PropertiesConfigSource(properties, "test", 100))
                  .build(),
              Set.of());
      SessionRegistryBuilder builder = SessionRegistry.builder().settings(read.settings());
      read.pools().values().forEach(builder::pool);
      read.sessions().values().forEach(builder::session);
      registry = builder.build();
    }
    return registry;
  }

  ClientSession open(String name) {
    return registry().session(name);
  }

  static CompletableFuture<String> get(ClientSession session) {
    return session.get("item").sendAsync().thenCompose(Response::textAsync);
  }

  static List<CompletableFuture<String>> get(ClientSession session, int count) {
    List<CompletableFuture<String>> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      texts.add(get(session));
    }
    return texts;
  }

  static PoolStatistics pool(ClientSession session) {
    return session.statistics().pool();
  }

  static void until(String what, BooleanSupplier reached) {
    long begin = System.nanoTime();
    while (!reached.getAsBoolean()) {
      if (System.nanoTime() - begin > TimeUnit.SECONDS.toNanos(20)) {
        throw new AssertionError("not reached: " + what);
      }
      LockSupport.parkNanos(500_000);
    }
  }

  static <T> T value(CompletableFuture<T> future) throws Exception {
    return future.get(20, TimeUnit.SECONDS);
  }

  static void values(List<? extends CompletableFuture<?>> futures) throws Exception {
    for (CompletableFuture<?> future : futures) {
      value(future);
    }
  }

  static Throwable failure(CompletableFuture<?> future) throws Exception {
    try {
      Object value = value(future);
      throw new AssertionError("no failure but " + value);
    } catch (ExecutionException e) {
      return e.getCause();
    }
  }

  @Override
  public void afterEach(ExtensionContext test) {
    upstream.answersAll();
    if (registry != null) {
      registry.close();
    }
    try {
      until("no connection is left", () -> upstream.open() == 0);
      assertThat(Thread.getAllStackTraces().keySet())
          .extracting(Thread::getName)
          .noneMatch(name -> name.startsWith("session-registry-"));
    } finally {
      upstream.close();
    }
  }
}
