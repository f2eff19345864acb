package org.sessionregistry.runtime;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.ClientSession;
import org.sessionregistry.RegistryContents;
import org.sessionregistry.RegistryStatistics;
import org.sessionregistry.ReloadReport;
import org.sessionregistry.SessionHooks;
import org.sessionregistry.SessionRegistry;
import org.sessionregistry.SessionStatistics;
import org.sessionregistry.SettingsSource;
import org.sessionregistry.UnknownSessionException;
import org.sessionregistry.exchange.Blocking;
import org.sessionregistry.jmx.JmxBeans;
import org.sessionregistry.settings.Explanations;
import org.sessionregistry.settings.RegistryPlan;
import org.sessionregistry.settings.RegistrySettings;
import org.sessionregistry.settings.SessionSettings;
import org.sessionregistry.settings.SettingsExplanation;
import org.sessionregistry.settings.SharedPoolSettings;

/**
 * The names, and the threads behind them. One lock guards the names; no session is opened, closed
 * or asked for anything under it that could block. Thread-safe.
 */
final class StandardRegistry implements SessionRegistry {
  private final RegistryThreads threads;
  private final JmxBeans beans;
  private final Home home;
  private final Map<String, SessionHooks> hooks;
  private final Function<SessionSettings, SessionHooks> hooksOfEach;
  private final Audience audience;
  private final Optional<SettingsSource> source;
  private final ReloadTimer reloadTimer;
  private volatile RegistrySettings settings;
  private volatile Explanations explanations;

  /** Held while settings are read again, so that one reload follows the other. */
  private final ReentrantLock reloading = new ReentrantLock();

  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private Pools pools;

  @GuardedBy("lock")
  private final Map<String, StandardSession> sessions = new LinkedHashMap<>();

  /** The names that the source names. */
  @GuardedBy("lock")
  private Set<String> configured;

  /** Those that are closing and whose names others have already. */
  @GuardedBy("lock")
  private final Set<StandardSession> nameless = new HashSet<>();

  @GuardedBy("lock")
  private @Nullable CompletionStage<Void> closed;

  private volatile @Nullable Thread closer;

  StandardRegistry(RegistryContents contents) {
    RegistryPlan plan = contents.source().map(SettingsSource::read).orElse(RegistryPlan.EMPTY);
    List<SessionSettings> initial = new ArrayList<>(plan.sessions().values());
    initial.addAll(contents.sessions());
    refuseStrayHooks(initial, contents.hooks());
    this.source = contents.source();
    this.settings = source.isPresent() ? plan.settings() : contents.settings();
    this.explanations = plan.explanations();
    this.hooks = contents.hooks();
    this.hooksOfEach = contents.hooksOfEach();
    this.audience = new Audience(contents.listeners());
    this.threads = new RegistryThreads(settings);
    Collection<SharedPoolSettings> shared =
        source.isPresent() ? plan.pools().values() : contents.pools();
    this.pools = new Pools(shared, settings.maxConnections(), threads.timer());
    this.beans = new JmxBeans(this, () -> settings, threads.blocking());
    this.home = new Home(threads, beans, () -> settings);
    this.configured = plan.sessions().keySet();
    this.reloadTimer = new ReloadTimer(threads.timer(), threads.blocking(), this::reload);
    try {
      initial.forEach(session -> open(session, hooksOf(session)));
    } catch (RuntimeException | Error e) {
      close(); // those before may be connecting already
      throw e;
    }
    waitForReload();
  }

  private void waitForReload() {
    if (source.isPresent()) {
      reloadTimer.set(settings.reloadInterval());
    }
  }

  private SessionHooks hooksOf(SessionSettings session) {
    SessionHooks named = hooks.getOrDefault(session.name(), SessionHooks.NONE);
    return named.and(hooksOfEach.apply(session));
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
  public ClientSession session(String name, String tenant) {
    return known(name)
        .orElseThrow(() -> new UnknownSessionException(name, names()))
        .ofTenant(tenant);
  }

  @Override
  public Optional<ClientSession> find(String name) {
    return known(name).map(session -> session);
  }

  private Optional<StandardSession> known(String name) {
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
  public Optional<SettingsExplanation> explain(String name) {
    return explain(name, Optional.empty());
  }

  @Override
  public Optional<SettingsExplanation> explain(String name, String tenant) {
    return explain(name, Optional.of(tenant));
  }

  private Optional<SettingsExplanation> explain(String name, Optional<String> tenant) {
    session(name); // or it does not exist
    return explanations.explain(name, tenant);
  }

  @Override
  public ClientSession open(SessionSettings session, SessionHooks added) {
    String name = session.name();
    StandardSession opened;
    lock.lock();
    try {
      if (closed != null) {
        throw new IllegalStateException(
            "the registry is closed, so session '" + name + "' cannot be opened");
      }
      if (sessions.containsKey(name)) {
        throw new IllegalArgumentException("there is a session named '" + name + "' already");
      }
      opened = new StandardSession(pools.resolve(session), added, home, pools, this::gone);
      sessions.put(name, opened);
    } finally {
      lock.unlock();
    }
    opened.begin();
    audience.tell(listener -> listener.opened(opened));
    return opened;
  }

  /**
   * A session that was closed by itself leaves its name to another; the registry's end does not.
   */
  private void gone(StandardSession session) {
    lock.lock();
    try {
      nameless.remove(session);
      if (closed == null) {
        sessions.remove(session.name(), session);
      }
    } finally {
      lock.unlock();
    }
    audience.tell(listener -> listener.closed(session));
  }

  // ---- settings change ------------------------------------------------------------------------

  @Override
  public ReloadReport reload() {
    Blocking.refuseOnRegistryThread();
    SettingsSource from =
        source.orElseThrow(
            () ->
                new IllegalStateException(
                    "the registry has no source to read settings from"
                        + " (SessionRegistryBuilder.source)"));
    reloading.lock();
    try {
      ReloadReport report = become(from.read());
      waitForReload();
      return report;
    } finally {
      reloading.unlock();
    }
  }

  private ReloadReport become(RegistryPlan plan) {
    Reload reload;
    RegistrySettings before = settings;
    lock.lock();
    try {
      if (closed != null) {
        throw new IllegalStateException("the registry is closed, so nothing is reloaded");
      }
      Pools next = pools.changed(plan.pools());
      reload = Reload.prepare(plan, next, sessions, configured, this::prepared);
      settings = Reload.effective(before, plan.settings());
      explanations = plan.explanations();
      pools = next;
      configured = plan.sessions().keySet();
      for (StandardSession opened : reload.opened()) {
        StandardSession closing = sessions.put(opened.name(), opened);
        if (closing != null) {
          nameless.add(closing);
        }
      }
    } finally {
      lock.unlock();
    }
    reload.commit();
    reload.opened().forEach(session -> audience.tell(listener -> listener.opened(session)));
    reload.changed().forEach(session -> audience.tell(listener -> listener.reloaded(session)));
    return reload.report(before, plan.settings());
  }

  private StandardSession prepared(SessionSettings resolved, Pools itsPools) {
    return new StandardSession(resolved, hooksOf(resolved), home, itsPools, this::gone);
  }

  // ---- what it does, and its end --------------------------------------------------------------

  @Override
  public RegistryStatistics statistics() {
    Map<String, SessionStatistics> statistics = new LinkedHashMap<>();
    all().forEach(session -> statistics.put(session.name(), session.statistics()));
    return new RegistryStatistics(statistics);
  }

  private List<StandardSession> all() {
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
    reloadTimer.stop();
    CompletableFuture<?>[] closing =
        allThatClose().stream()
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

  private List<StandardSession> allThatClose() {
    lock.lock();
    try {
      List<StandardSession> all = new ArrayList<>(sessions.values());
      all.addAll(nameless);
      return all;
    } finally {
      lock.unlock();
    }
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
