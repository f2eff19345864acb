package org.sessionregistry.cdi.health;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.sessionregistry.ClientSession;
import org.sessionregistry.SessionRegistry;
import org.sessionregistry.settings.HealthType;

/**
 * The check of MicroProfile Health: down if one of the sessions is down that are asked about. A
 * registry that nobody has used yet is not opened to find that out, unless there is something to
 * fetch. Thread-safe.
 */
public final class SessionsReadiness implements HealthCheck {
  /** The name of the check. */
  public static final String NAME = "client-sessions";

  private final Supplier<Optional<SessionRegistry>> registry;
  private final Function<String, Optional<ConnectionFailures>> failures;

  /**
   * Asks about the sessions whose settings say so.
   *
   * @param registry the registry, if it is to be looked at
   * @param failures what was heard of a session's requests, by its name
   */
  public SessionsReadiness(
      Supplier<Optional<SessionRegistry>> registry,
      Function<String, Optional<ConnectionFailures>> failures) {
    this.registry = registry;
    this.failures = failures;
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder answer = HealthCheckResponse.named(NAME).up();
    Optional<SessionRegistry> open = registry.get();
    if (open.isEmpty()) {
      return answer.withData("registry", "not used yet").build();
    }
    // All of them at once, because some may take their time.
    Map<String, CompletableFuture<SessionHealth.Finding>> findings = new LinkedHashMap<>();
    for (String name : open.get().names()) {
      open.get()
          .find(name)
          .filter(session -> session.settings().health().type() == HealthType.READINESS)
          .ifPresent(session -> findings.put(name, health(session).find()));
    }
    findings.forEach((name, finding) -> tell(answer, name, finding.join()));
    return answer.build();
  }

  private SessionHealth health(ClientSession session) {
    return new SessionHealth(session, failures.apply(session.name()).orElse(null));
  }

  private static void tell(
      HealthCheckResponseBuilder answer, String name, SessionHealth.Finding finding) {
    answer.withData(name + ".in-use", finding.pool().inUse());
    answer.withData(name + ".idle", finding.pool().idle());
    answer.withData(name + ".waiting", finding.pool().waiting());
    finding.lastFailure().ifPresent(last -> answer.withData(name + ".last-failure", last));
    finding
        .problem()
        .ifPresent(
            problem -> {
              answer.withData(name + ".problem", problem);
              answer.down();
            });
  }
}
