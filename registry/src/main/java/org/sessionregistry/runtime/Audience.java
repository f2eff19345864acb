package org.sessionregistry.runtime;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.function.Consumer;
import org.sessionregistry.RegistryListener;

/**
 * Those who hear of sessions as they come and go. The rule: what they throw is logged and changes
 * nothing. For any thread, but never under a lock.
 *
 * @param listeners the listeners
 */
record Audience(List<RegistryListener> listeners) {
  private static final Logger LOG = System.getLogger("org.sessionregistry");

  void tell(Consumer<RegistryListener> event) {
    for (RegistryListener listener : listeners) {
      try {
        event.accept(listener);
      } catch (RuntimeException | LinkageError e) {
        LOG.log(
            Level.WARNING,
            "a listener of the registry failed: " + listener.getClass().getName(),
            e);
      }
    }
  }
}
