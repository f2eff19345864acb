package org.sessionregistry.runtime;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.ClientSession;
import org.sessionregistry.RegistryStatistics;
import org.sessionregistry.SessionHooks;
import org.sessionregistry.SessionRegistry;
import org.sessionregistry.SessionStatistics;
import org.sessionregistry.UnknownSessionException;
import org.sessionregistry.jmx.JmxBeans;
import org.sessionregistry.settings.RegistrySettings;
import org.sessionregistry.settings.SessionSettings;
import org.sessionregistry.settings.SharedPoolSettings;

/**
 * The names, and the threads behind them. One lock guards the names; no session is opened, closed
 * or asked for anything under it that could block. Thread-safe.
 */
final class StandardRegistry implements SessionRegistry {
  private final RegistrySettings settings;
  private final RegistryThreads threads;
  private final Pools pools;
  private final JmxBeans beans;
  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private final Map<String, ClientSession> sessions = new LinkedHashMap<>();

  @GuardedBy("lock")
  private @Nullable CompletionStage<Void> closed;

  private volatile @Nullable Thread closer;

  StandardRegistry(
      RegistrySettings settings,
      List<SharedPoolSettings> pools,
      List<SessionSettings> initial,
      Map<String, SessionHooks> hooks) {
    refuseStrayHooks(initial, hooks);
    this.settings = settings;
    this.threads = new RegistryThreads(settings);
    this.pools = new Pools(pools, settings.maxConnections(), threads.timer());
    this.beans = new JmxBeans(this, settings, threads.blocking());
    initial.forEach(
        session -> open(session, hooks.getOrDefault(session.name(), SessionHooks.NONE)));
  }

  private static void refuseStrayHooks(
      List<SessionSettings> sessions, Map<String, SessionHooks> hooks) {
    List<String> names = sessions.stream().map(SessionSettings::name).toList();
    for (String name : hooks.keySet()) {
      if (!names.contains(name)) {
        throw new IllegalArgumentException(
            "there are hooks for the session '" + name + "'; the sessions are " + names);
      }
    }
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
  public ClientSession open(SessionSettings session, SessionHooks hooks) {
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
      ClientSession opened =
          new StandardSession(
              pools.resolve(session), hooks, threads, pools, beans, settings, () -> forget(name));
      sessions.put(name, opened);
      return opened;
    } finally {
      lock.unlock();
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
            (done, failure) ->
                beans.end(
                    () -> {
                      Thread last = threads.closer(result);
                      closer = last;
                      last.start();
                    }));
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
