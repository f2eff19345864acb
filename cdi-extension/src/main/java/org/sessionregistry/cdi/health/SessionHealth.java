package org.sessionregistry.cdi.health;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.ClientSession;
import org.sessionregistry.PoolStatistics;
import org.sessionregistry.Response;
import org.sessionregistry.SessionException;
import org.sessionregistry.settings.HealthSettings;
import org.sessionregistry.settings.Priority;

/**
 * Says whether a session can serve requests. It must do no I/O unless the session's settings ask
 * for it. Any thread.
 *
 * @param session whose
 * @param failures how its requests have fared; null if nobody has listened
 */
record SessionHealth(ClientSession session, @Nullable ConnectionFailures failures) {

  /**
   * What was found.
   *
   * @param pool its connections
   * @param problem why it is down; empty if it is up
   * @param lastFailure what went wrong last when a connection was opened
   */
  record Finding(PoolStatistics pool, Optional<String> problem, Optional<String> lastFailure) {}

  /** Looks, and fetches what the settings say; the stage never fails. */
  CompletableFuture<Finding> find() {
    PoolStatistics pool = session.statistics().pool();
    Optional<String> problem = queue(pool).or(this::connections);
    HealthSettings health = session.settings().health();
    if (problem.isPresent() || health.path().isEmpty()) {
      return CompletableFuture.completedFuture(finding(pool, problem));
    }
    return fetch(health.path().get()).thenApply(found -> finding(pool, found));
  }

  private Finding finding(PoolStatistics pool, Optional<String> problem) {
    return new Finding(pool, problem, failures == null ? Optional.empty() : failures.last());
  }

  private Optional<String> queue(PoolStatistics pool) {
    int limit = pool.queueLimit().orElse(0);
    return limit > 0 && pool.waiting() >= limit
        ? Optional.of("the queue is full: " + pool.waiting() + " of " + limit + " wait")
        : Optional.empty();
  }

  private Optional<String> connections() {
    HealthSettings health = session.settings().health();
    int recent = failures == null ? 0 : failures.recent(health.window());
    return health.failures() > 0 && recent >= health.failures()
        ? Optional.of("no connection for " + recent + " requests in a row")
        : Optional.empty();
  }

  private CompletableFuture<Optional<String>> fetch(String path) {
    return session
        .get(path)
        .timeout(session.settings().health().timeout())
        .priority(Priority.HIGH)
        .sendAsync()
        .handle((response, failure) -> judge(path, response, failure));
  }

  private static Optional<String> judge(
      String path, @Nullable Response response, @Nullable Throwable failure) {
    if (response == null) {
      return Optional.of("GET " + path + ": " + kind(failure));
    }
    try (response) {
      return response.status() / 100 == 2
          ? Optional.empty()
          : Optional.of("GET " + path + ": status " + response.status());
    }
  }

  private static String kind(@Nullable Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return cause instanceof SessionException known
        ? known.kind().name()
        : String.valueOf(cause == null ? null : cause.getClass().getName());
  }
}
