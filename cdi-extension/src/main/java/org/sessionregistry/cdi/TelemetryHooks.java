package org.sessionregistry.cdi;

import org.jspecify.annotations.Nullable;
import org.sessionregistry.SessionHooks;
import org.sessionregistry.SessionRegistry;
import org.sessionregistry.cdi.telemetry.SessionTelemetry;
import org.sessionregistry.settings.SessionSettings;

/**
 * What beans add to sessions, with telemetry around it. Loaded only where OpenTelemetry is.
 * Confined to whoever opens and closes the registry.
 */
final class TelemetryHooks implements HookedRegistry.Hooks {
  private final HookedRegistry.Hooks beans;
  private final SessionTelemetry telemetry;
  private SessionTelemetry.@Nullable Watch watch;

  TelemetryHooks(HookedRegistry.Hooks beans, SessionTelemetry telemetry) {
    this.beans = beans;
    this.telemetry = telemetry;
  }

  @Override
  public SessionHooks of(SessionSettings session) {
    return telemetry.hooks(session, beans.of(session));
  }

  @Override
  public void opened(SessionRegistry registry) {
    watch = telemetry.watch(registry);
    beans.opened(registry);
  }

  @Override
  public void release() {
    SessionTelemetry.Watch begun = watch;
    if (begun != null) {
      begun.close();
    }
    beans.release();
  }
}
