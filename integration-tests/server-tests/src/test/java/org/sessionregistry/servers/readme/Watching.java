package org.sessionregistry.servers.readme;

import java.io.IOException;
import java.util.Optional;
import org.sessionregistry.ClientSession;
import org.sessionregistry.PoolStatistics;
import org.sessionregistry.Response;
import org.sessionregistry.SessionException;
import org.sessionregistry.SessionRegistry;
import org.sessionregistry.SessionStatistics;

/** The examples of docs/watching.md, word for word. */
final class Watching {
  private Watching() {}

  static void print(SessionRegistry registry) {
    // readme
    for (SessionStatistics session : registry.statistics().sessions().values()) {
      PoolStatistics pool = session.pool();
      System.out.printf(
          "%s: %d in flight, %d failed %s, pool: %s%n",
          session.session(), session.inFlight(), session.failed(), session.failures(), pool);
    }
  }

  static String load(ClientSession reports) throws IOException, InterruptedException {
    // failures
    try (Response response = reports.get("/monthly").send()) {
      return response.text();
    } catch (SessionException e) {
      Optional<PoolStatistics> pool = e.pool(); // present if there was no connection
      return switch (e.kind()) {
        case QUEUE_FULL, QUEUE_TIMEOUT -> "busy: " + pool.orElseThrow();
        default -> throw e;
      };
    }
  }
}
