package org.sessionregistry.cdi;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.sessionregistry.SessionHooks;
import org.sessionregistry.SessionRegistry;
import org.sessionregistry.cdi.health.ConnectionFailures;
import org.sessionregistry.cdi.health.SessionsReadiness;
import org.sessionregistry.config.ConfiguredRegistry;
import org.sessionregistry.settings.HealthType;
import org.sessionregistry.settings.SessionSettings;

/**
 * Listens to the sessions that the application's readiness depends on, and to no other. It knows
 * nothing of MicroProfile Health. Thread-safe.
 */
final class HealthWatch {
  private final ConfiguredRegistry configured;
  private final Map<String, ConnectionFailures> failures = new ConcurrentHashMap<>();

  HealthWatch(ConfiguredRegistry configured) {
    this.configured = configured;
  }

  /** Whether there is any such session. */
  boolean isNeeded() {
    return configured.sessions().values().stream().anyMatch(HealthWatch::isAskedAbout);
  }

  private static boolean isAskedAbout(SessionSettings session) {
    return session.health().type() == HealthType.READINESS;
  }

  /** What is added to sessions, with somebody who listens. */
  HookedRegistry.Hooks with(HookedRegistry.Hooks hooks) {
    return isNeeded() ? new Listening(hooks) : hooks;
  }

  /** The check; only where MicroProfile Health is. */
  SessionsReadiness readiness(ApplicationRegistry application) {
    return new SessionsReadiness(() -> registry(application), this::failures);
  }

  /** What was heard of a session. */
  private Optional<ConnectionFailures> failures(String session) {
    return Optional.ofNullable(failures.get(session));
  }

  /** The registry as far as it has to be looked at. */
  private Optional<SessionRegistry> registry(ApplicationRegistry application) {
    boolean fetches =
        configured.sessions().values().stream()
            .anyMatch(session -> isAskedAbout(session) && session.health().path().isPresent());
    return fetches ? Optional.of(application.registry()) : application.ifOpen();
  }

  private final class Listening implements HookedRegistry.Hooks {
    private final HookedRegistry.Hooks others;

    Listening(HookedRegistry.Hooks others) {
      this.others = others;
    }

    @Override
    public SessionHooks of(SessionSettings session) {
      SessionHooks own = others.of(session);
      if (!isAskedAbout(session)) {
        return own;
      }
      ConnectionFailures listener =
          failures.computeIfAbsent(
              session.name(), name -> new ConnectionFailures(System::nanoTime));
      return own.and(SessionHooks.builder().listener(listener).build());
    }

    @Override
    public void opened(SessionRegistry registry) {
      others.opened(registry);
    }

    @Override
    public void release() {
      others.release();
    }
  }
}
