package org.sessionregistry.cdi;

import jakarta.enterprise.inject.Instance;
import java.util.function.Supplier;
import org.sessionregistry.cdi.telemetry.SessionTelemetry;

/**
 * Adds telemetry to what beans add, if the application has OpenTelemetry. The rule: nothing of its
 * API is loaded before it is known to be there. When the registry opens, on the thread that opens
 * it.
 */
final class OptionalTelemetry {
  private static final String API = "io.opentelemetry.api.OpenTelemetry";

  private OptionalTelemetry() {}

  /**
   * What is added to sessions, telemetry included.
   *
   * @param hooks what beans add
   * @param beans the application's beans; asked for only where the API is there
   */
  static HookedRegistry.Hooks with(HookedRegistry.Hooks hooks, Supplier<Instance<Object>> beans) {
    return isThere() ? Telling.with(hooks, beans.get()) : hooks;
  }

  private static boolean isThere() {
    try {
      Class.forName(API, false, OptionalTelemetry.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException | LinkageError e) {
      return false; // an application without OpenTelemetry misses nothing
    }
  }

  /** Loaded only where the API is. */
  private static final class Telling {
    private Telling() {}

    static HookedRegistry.Hooks with(HookedRegistry.Hooks hooks, Instance<Object> beans) {
      return SessionTelemetry.in(beans)
          .<HookedRegistry.Hooks>map(telemetry -> new TelemetryHooks(hooks, telemetry))
          .orElse(hooks);
    }
  }
}
