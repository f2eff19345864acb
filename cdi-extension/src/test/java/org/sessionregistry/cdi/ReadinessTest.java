package org.sessionregistry.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.health.SmallRyeHealth;
import io.smallrye.health.SmallRyeHealthReporter;
import jakarta.enterprise.inject.Any;
import jakarta.json.JsonObject;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.eclipse.microprofile.health.Readiness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.sessionregistry.ConnectionFailedException;
import org.sessionregistry.Response;

/** An application whose readiness depends on sessions: MicroProfile Health 4.0, section 2.2. */
@Timeout(60)
class ReadinessTest {
  private TestServer server;

  @BeforeEach
  void startServer() {
    server = new TestServer();
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  private Application.Builder application() {
    return Application.configured(
        "client-session.github.base-url",
        server.url(),
        "client-session.github.health",
        "readiness");
  }

  private static HealthCheckResponse check(Application application) {
    return application.get(HealthCheck.class, Readiness.Literal.INSTANCE).call();
  }

  private static Object data(HealthCheckResponse response, String key) {
    return response.getData().orElseThrow().get(key);
  }

  private static String nobody() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return "http://127.0.0.1:" + socket.getLocalPort() + "/";
    }
  }

  @Test
  void withoutASessionThatAsksForItThereIsNoCheck() {
    try (Application application =
        Application.configured("client-session.github.base-url", server.url()).start()) {
      assertThat(application.isResolvable(HealthCheck.class, Any.Literal.INSTANCE)).isFalse();
    }
  }

  @Test
  void aRegistryThatNobodyHasUsedIsNotOpenedByTheCheck() {
    try (Application application = application().start()) {
      HealthCheckResponse response = check(application);
      assertThat(response.getStatus()).isEqualTo(Status.UP);
      assertThat(response.getName()).isEqualTo("client-sessions");
      assertThat(data(response, "registry")).isEqualTo("not used yet");
      assertThat(RegistryThreads.running()).isEmpty();
    }
  }

  @Test
  void aSessionThatServesIsUpAndShowsItsPool() throws Exception {
    try (Application application =
        application().with("client-session.silent.base-url", server.url()).start()) {
      try (Response response = application.session("github").get("x").send()) {
        response.text();
      }
      HealthCheckResponse response = check(application);
      assertThat(response.getStatus()).isEqualTo(Status.UP);
      assertThat(response.getData().orElseThrow())
          .containsOnlyKeys("github.in-use", "github.idle", "github.waiting")
          .containsEntry("github.in-use", 0L)
          .containsEntry("github.idle", 1L);
      assertThat(server.paths()).as("nothing is fetched").containsExactly("/x");
    }
  }

  @Test
  void aFullQueueIsDownUntilThereIsRoom() throws Exception {
    try (Application application =
        application()
            .with("client-session.github.pool.max-connections", "1")
            .with("client-session.github.queue.max-size", "1")
            .start()) {
      CompletableFuture<Response> running = application.session("github").get("stall").sendAsync();
      server.awaitStalled();
      assertThat(check(application).getStatus()).isEqualTo(Status.UP);
      CompletableFuture<Response> waiting = application.session("github").get("x").sendAsync();
      HealthCheckResponse response = check(application);
      assertThat(response.getStatus()).isEqualTo(Status.DOWN);
      assertThat(data(response, "github.problem")).isEqualTo("the queue is full: 1 of 1 wait");
      waiting.cancel(true);
      assertThat(check(application).getStatus()).isEqualTo(Status.UP);
      running.cancel(true);
    }
  }

  @Test
  void theQueueOfASharedPoolCountsToo() throws Exception {
    try (Application application =
        application()
            .with("client-session.github.pool.name", "both")
            .with("client-session-pool.both.max-connections", "1")
            .with("client-session-pool.both.max-size", "1")
            .start()) {
      CompletableFuture<Response> running = application.session("github").get("stall").sendAsync();
      CompletableFuture<Response> waiting = application.session("github").get("x").sendAsync();
      assertThat(check(application).getStatus()).isEqualTo(Status.DOWN);
      waiting.cancel(true);
      running.cancel(true);
    }
  }

  @Test
  void failuresInARowAreDown() throws Exception {
    try (Application application =
        application()
            .with("client-session.github.base-url", nobody())
            .with("client-session.github.health.failures", "2")
            .start()) {
      for (Status expected : new Status[] {Status.UP, Status.DOWN}) {
        assertThatThrownBy(() -> application.session("github").get("x").send())
            .isInstanceOf(ConnectionFailedException.class);
        assertThat(check(application).getStatus()).isEqualTo(expected);
      }
      HealthCheckResponse response = check(application);
      assertThat(data(response, "github.problem"))
          .isEqualTo("no connection for 2 requests in a row");
      assertThat(data(response, "github.last-failure").toString())
          .startsWith("CONNECTION_FAILED, ");
    }
  }

  @Test
  void aPathThatIsAnsweredIsUp() throws Exception {
    try (Application application =
        application().with("client-session.github.health.path", "/alive").start()) {
      assertThat(check(application).getStatus()).isEqualTo(Status.UP);
      assertThat(server.paths()).containsExactly("/alive");
    }
  }

  @Test
  void aPathThatIsNotAnsweredInTimeIsDown() throws Exception {
    try (Application application =
        application()
            .with("client-session.github.health.path", "/stall")
            .with("client-session.github.health.timeout", "50ms")
            .start()) {
      HealthCheckResponse response = check(application);
      assertThat(response.getStatus()).isEqualTo(Status.DOWN);
      assertThat(data(response, "github.problem")).isEqualTo("GET /stall: TOTAL_TIMEOUT");
    }
  }

  @Test
  void aPathThatIsRefusedIsDown() throws Exception {
    try (Application application =
        application().with("client-session.github.health.path", "/status/503").start()) {
      assertThat(data(check(application), "github.problem"))
          .isEqualTo("GET /status/503: status 503");
    }
  }

  @Test
  void smallRyeReportsIt() throws Exception {
    try (Application application =
        application()
            .with("client-session.github.base-url", nobody())
            .with("client-session.github.health.path", "/alive")
            .beans(
                SmallRyeHealthReporter.class,
                io.smallrye.health.AsyncHealthCheckFactory.class,
                io.smallrye.health.registry.HealthRegistries.class)
            .start()) {
      SmallRyeHealth health = application.get(SmallRyeHealthReporter.class).getReadiness();
      JsonObject check =
          health.getPayload().getJsonArray("checks").getValuesAs(JsonObject.class).stream()
              .filter(one -> one.getString("name").equals("client-sessions"))
              .findFirst()
              .orElseThrow();
      assertThat(health.isDown()).isTrue();
      assertThat(check.getString("status")).isEqualTo("DOWN");
      assertThat(check.getJsonObject("data").getString("github.problem"))
          .isEqualTo("GET /alive: CONNECTION_FAILED");
    }
  }

  @Test
  void theCheckLeavesNothingInFlight() throws Exception {
    try (Application application =
        application().with("client-session.github.health.path", "/alive").start()) {
      check(application);
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
      while (inFlight(application) > 0) {
        assertThat(System.nanoTime()).as("still in flight").isLessThan(deadline);
        Thread.onSpinWait();
      }
    }
  }

  private static long inFlight(Application application) {
    return application.registry().statistics().sessions().get("github").inFlight();
  }
}
