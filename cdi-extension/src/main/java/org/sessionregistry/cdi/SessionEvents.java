package org.sessionregistry.cdi;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.sessionregistry.ClientSession;
import org.sessionregistry.RegistryListener;

/**
 * Tells observers in the application of its sessions, one event after the other. The rule: no
 * observer runs on the thread that opened or closed a session, which may be one of the registry,
 * and none runs after {@link #end}, when the container is about to go. Thread-safe.
 */
final class SessionEvents implements RegistryListener {
  private static final Logger LOG = System.getLogger(SessionEvents.class.getPackageName());

  private final Function<Object, CompletionStage<Object>> firing;
  private final ContextLoader application = ContextLoader.current();
  private final ReentrantLock lock = new ReentrantLock();

  /** Completes when the last event was told. */
  @GuardedBy("lock")
  private CompletableFuture<Object> told = CompletableFuture.completedFuture("");

  private volatile boolean ended;

  /**
   * Events that are told in this way. Made by the thread that starts the application.
   *
   * @param firing tells an event on other threads, and completes when it is told
   */
  SessionEvents(Function<Object, CompletionStage<Object>> firing) {
    this.firing = firing;
  }

  @Override
  public void opened(ClientSession session) {
    tell(new SessionOpened(session.name()));
  }

  @Override
  public void reloaded(ClientSession session) {
    tell(new SessionReloaded(session.name()));
  }

  @Override
  public void closed(ClientSession session) {
    tell(new SessionClosed(session.name()));
  }

  private void tell(Object event) {
    if (ended) {
      return;
    }
    lock.lock();
    try {
      told = told.thenCompose(done -> fire(event)).exceptionally(failure -> log(event, failure));
    } finally {
      lock.unlock();
    }
  }

  private CompletionStage<Object> fire(Object event) {
    return ended
        ? CompletableFuture.completedStage(event)
        : application.call(() -> firing.apply(event));
  }

  private static Object log(Object event, Throwable failure) {
    LOG.log(Level.WARNING, Messages.observerFailed(event), failure);
    return event;
  }

  /** Nothing more is told. */
  void end() {
    ended = true;
  }
}
