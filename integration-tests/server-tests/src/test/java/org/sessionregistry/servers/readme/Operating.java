package org.sessionregistry.servers.readme;

import io.opentelemetry.api.OpenTelemetry;
import org.sessionregistry.SessionHooks;
import org.sessionregistry.SessionRegistry;
import org.sessionregistry.cdi.telemetry.SessionTelemetry;
import org.sessionregistry.settings.SessionSettings;

/** The example of docs/operations.md, word for word. */
final class Operating {
  private Operating() {}

  /** What is closed together. */
  record Watched(SessionRegistry registry, SessionTelemetry.Watch watch) implements AutoCloseable {
    @Override
    public void close() {
      watch.close();
      registry.close();
    }
  }

  static Watched watched(OpenTelemetry openTelemetry, SessionSettings settings) {
    // telemetry
    SessionTelemetry telemetry = SessionTelemetry.of(openTelemetry);
    SessionRegistry registry =
        SessionRegistry.builder()
            .session(settings, telemetry.hooks(settings, SessionHooks.NONE))
            .build();
    SessionTelemetry.Watch watch = telemetry.watch(registry); // close it with the registry
    return new Watched(registry, watch);
  }
}
