package org.sessionregistry.cdi;

import static java.util.stream.Collectors.toUnmodifiableMap;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.ClientSession;
import org.sessionregistry.SessionRegistry;
import org.sessionregistry.config.ConfiguredRegistry;

/**
 * The one registry of an application. It opens when a session or the registry is used for the first
 * time: a deployment that fails, or that uses no session, leaves nothing behind, because containers
 * announce a shutdown only for what was deployed. What is closed must never open again.
 * Thread-safe.
 */
final class ApplicationRegistry {
  private final Supplier<SessionRegistry> opening;
  private final Function<SessionRegistry, StopDeadline> stopping;
  private final Consumer<SessionRegistry> closing;

  /** Not a monitor: a virtual thread that waits here must not pin its carrier. */
  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private State state = new Unopened();

  /** Null unless the application has begun to stop while the registry was open. */
  @GuardedBy("lock")
  private @Nullable StopDeadline deadline;

  @GuardedBy("lock")
  private boolean stops;

  private sealed interface State {}

  private record Unopened() implements State {}

  /** The sessions are kept, because one that is closed by itself leaves the registry. */
  private record Open(SessionRegistry registry, Map<String, ClientSession> sessions)
      implements State {
    Open(SessionRegistry registry) {
      this(
          registry,
          registry.names().stream().collect(toUnmodifiableMap(name -> name, registry::session)));
    }
  }

  private record Closed() implements State {}

  ApplicationRegistry(
      Supplier<SessionRegistry> opening,
      Function<SessionRegistry, StopDeadline> stopping,
      Consumer<SessionRegistry> closing) {
    this.opening = opening;
    this.stopping = stopping;
    this.closing = closing;
  }

  /**
   * The registry that is configured, not yet open.
   *
   * @param again reads and checks the configuration once more, for a reload
   * @param hooks makes what beans add to the sessions, when the registry opens
   * @param events tells the application of its sessions
   */
  static ApplicationRegistry of(
      ConfiguredRegistry configured,
      Supplier<ConfiguredRegistry> again,
      Supplier<HookedRegistry.Hooks> hooks,
      SessionEvents events) {
    HookedRegistry hooked = new HookedRegistry(configured, again, hooks, events);
    return new ApplicationRegistry(hooked::open, hooked::stopping, hooked::close);
  }

  /**
   * The registry, opened if need be.
   *
   * @throws IllegalStateException if the application has stopped
   */
  SessionRegistry registry() {
    return openFor("the session registry").registry();
  }

  /** The registry if it was opened by somebody; empty also when it is closed. */
  Optional<SessionRegistry> ifOpen() {
    lock.lock();
    try {
      return state instanceof Open open ? Optional.of(open.registry()) : Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  /**
   * A session that is configured, always the same object, with its registry opened if need be.
   *
   * @throws IllegalStateException if the application has stopped
   */
  ClientSession session(String name) {
    Open open = openFor("session '" + name + "'");
    ClientSession session = open.sessions().get(name);
    return session == null ? open.registry().session(name) : session;
  }

  private Open openFor(String user) {
    if (lock.isHeldByCurrentThread()) {
      throw new IllegalStateException(HookMessages.openedByItself(user));
    }
    lock.lock();
    try {
      if (state instanceof Closed) {
        throw new IllegalStateException(Messages.closed(user));
      }
      if (state instanceof Open open) {
        return open;
      }
      Open opened = new Open(opening.get());
      state = opened;
      if (stops) {
        deadline = stopping.apply(opened.registry());
      }
      return opened;
    } finally {
      lock.unlock();
    }
  }

  /** The application begins to stop; beans that are destroyed may still use their sessions. */
  void beginStop() {
    lock.lock();
    try {
      if (!stops && state instanceof Open open) {
        deadline = stopping.apply(open.registry());
      }
      stops = true;
    } finally {
      lock.unlock();
    }
  }

  /** Closes the registry if it was ever opened, and keeps it from being opened again. */
  void close() {
    State last;
    StopDeadline ending;
    lock.lock();
    try {
      last = state;
      state = new Closed();
      ending = deadline;
      deadline = null;
    } finally {
      lock.unlock();
    }
    if (ending != null) {
      ending.end();
    }
    if (last instanceof Open open) {
      closing.accept(open.registry());
    }
  }
}
