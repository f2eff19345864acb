package org.sessionregistry.exchange;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.SessionListener;

/**
 * Tells a session's listeners of a step. The rule: a listener that throws is logged, and neither
 * the exchange nor another listener is any the wiser. Thread-safe.
 */
final class Notices {
  private static final Logger LOG = System.getLogger("org.sessionregistry.listeners");

  private final String session;
  private final List<SessionListener> listeners;

  private Notices(String session, List<SessionListener> listeners) {
    this.session = session;
    this.listeners = listeners;
  }

  /** Null when nobody listens, so that a step costs a look at a field. */
  static @Nullable Notices of(String session, List<SessionListener> listeners) {
    return listeners.isEmpty() ? null : new Notices(session, listeners);
  }

  void tell(Consumer<SessionListener> step) {
    for (SessionListener listener : listeners) {
      try {
        step.accept(listener);
      } catch (RuntimeException | Error e) {
        LOG.log(
            Level.WARNING,
            "session '" + session + "': its listener " + listener.getClass().getName() + " failed",
            e);
      }
    }
  }
}
