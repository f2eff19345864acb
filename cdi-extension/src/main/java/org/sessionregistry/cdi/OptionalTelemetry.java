package org.sessionregistry.cdi;

import java.util.Optional;
import org.sessionregistry.cdi.telemetry.SessionTelemetry;

/**
 * Adds telemetry to what beans add, if the application has OpenTelemetry. The rule: nothing of its
 * API is loaded before it is known to be there. When the registry opens, on the thread that opens
 * it.
 */
final class OptionalTelemetry {
  private static final String API = "io.opentelemetry.api.OpenTelemetry";

  private OptionalTelemetry() {}

  /** What beans add to sessions, telemetry included. */
  static HookedRegistry.Hooks with(HookInstances beans) {
    Class<?> api;
    try {
      api = Class.forName(API, false, OptionalTelemetry.class.getClassLoader());
    } catch (ClassNotFoundException | LinkageError e) {
      return beans; // an application without OpenTelemetry misses nothing
    }
    Optional<Object> telemetry = beans.only(api);
    return telemetry.isPresent() ? Telling.with(beans, telemetry.get()) : beans;
  }

  /** Loaded only where the API is. */
  private static final class Telling {
    private Telling() {}

    static HookedRegistry.Hooks with(HookInstances beans, Object telemetry) {
      return new TelemetryHooks(beans, SessionTelemetry.ofBean(telemetry));
    }
  }
}
