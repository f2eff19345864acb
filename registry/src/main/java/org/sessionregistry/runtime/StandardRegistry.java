package org.sessionregistry.runtime;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.ClientSession;
import org.sessionregistry.RegistryStatistics;
import org.sessionregistry.SessionRegistry;
import org.sessionregistry.SessionStatistics;
import org.sessionregistry.UnknownSessionException;
import org.sessionregistry.settings.RegistrySettings;
import org.sessionregistry.settings.SessionSettings;
import org.sessionregistry.settings.SharedPoolSettings;

/**
 * The names, and the threads behind them. One lock guards the names; no session is opened, closed
 * or asked for anything under it that could block. Thread-safe.
 */
final class StandardRegistry implements SessionRegistry {
  private final RegistrySettings settings;
  private final Map<String, SharedPoolSettings> pools;
  private final RegistryThreads threads;
  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private final Map<String, ClientSession> sessions = new LinkedHashMap<>();

  @GuardedBy("lock")
  private @Nullable CompletionStage<Void> closed;

  private volatile @Nullable Thread closer;

  StandardRegistry(
      RegistrySettings settings, List<SharedPoolSettings> pools, List<SessionSettings> initial) {
    this.settings = settings;
    this.pools = byName(pools);
    this.threads = new RegistryThreads(settings);
    initial.forEach(this::open);
  }

  private static Map<String, SharedPoolSettings> byName(List<SharedPoolSettings> pools) {
    Map<String, SharedPoolSettings> byName = new TreeMap<>();
    for (SharedPoolSettings pool : pools) {
      if (byName.putIfAbsent(pool.name(), pool) != null) {
        throw new IllegalArgumentException("there are two pools named '" + pool.name() + "'");
      }
    }
    return byName;
  }

  @Override
  public ClientSession session(String name) {
    return find(name).orElseThrow(() -> new UnknownSessionException(name, names()));
  }

  @Override
  public Optional<ClientSession> find(String name) {
    lock.lock();
    try {
      return Optional.ofNullable(sessions.get(name));
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Set<String> names() {
    lock.lock();
    try {
      return new LinkedHashSet<>(sessions.keySet());
    } finally {
      lock.unlock();
    }
  }

  @Override
  public ClientSession open(SessionSettings session) {
    String name = session.name();
    lock.lock();
    try {
      if (closed != null) {
        throw new IllegalStateException(
            "the registry is closed, so session '" + name + "' cannot be opened");
      }
      if (sessions.containsKey(name)) {
        throw new IllegalArgumentException("there is a session named '" + name + "' already");
      }
      session.pool().name().ifPresent(pool -> requirePool(pool, name));
      ClientSession opened =
          new StandardSession(session, threads, settings.shutdownTimeout(), () -> forget(name));
      sessions.put(name, opened);
      return opened;
    } finally {
      lock.unlock();
    }
  }

  private void requirePool(String pool, String session) {
    if (!pools.containsKey(pool)) {
      throw new IllegalArgumentException(
          "session '"
              + session
              + "' names the pool '"
              + pool
              + "' (pool.name), which does not exist; "
              + (pools.isEmpty()
                  ? "no pool is configured (client-session-pool.<pool>.<setting>=…)"
                  : "the pools are " + pools.keySet()));
    }
  }

  /**
   * A session that was closed by itself leaves its name to another; the registry's end does not.
   */
  private void forget(String name) {
    lock.lock();
    try {
      if (closed == null) {
        sessions.remove(name);
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public RegistryStatistics statistics() {
    Map<String, SessionStatistics> statistics = new LinkedHashMap<>();
    all().forEach(session -> statistics.put(session.name(), session.statistics()));
    return new RegistryStatistics(statistics);
  }

  private List<ClientSession> all() {
    lock.lock();
    try {
      return new ArrayList<>(sessions.values());
    } finally {
      lock.unlock();
    }
  }

  @Override
  public CompletionStage<Void> closeAsync() {
    CompletableFuture<Void> result;
    CompletionStage<Void> stage;
    lock.lock();
    try {
      if (closed != null) {
        return closed;
      }
      result = new CompletableFuture<>();
      stage = result.minimalCompletionStage();
      closed = stage;
    } finally {
      lock.unlock();
    }
    CompletableFuture<?>[] closing =
        all().stream()
            .map(session -> session.closeAsync().toCompletableFuture())
            .toArray(CompletableFuture<?>[]::new);
    CompletableFuture.allOf(closing)
        .whenComplete(
            (done, failure) -> {
              Thread last = threads.closer(result);
              closer = last;
              last.start();
            });
    return stage;
  }

  @Override
  public void close() {
    Closing.await(closeAsync());
    Thread last = closer;
    if (last != null) {
      Closing.join(last);
    }
  }

  @Override
  public String toString() {
    return "SessionRegistry" + names();
  }
}
