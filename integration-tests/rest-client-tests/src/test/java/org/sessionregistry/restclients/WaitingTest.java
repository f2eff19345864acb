package org.sessionregistry.restclients;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.ws.rs.ProcessingException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.eclipse.microprofile.rest.client.RestClientBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.sessionregistry.ClientSession;
import org.sessionregistry.ConnectionFailedException;
import org.sessionregistry.QueueFullException;
import org.sessionregistry.ResponseTimeoutException;
import org.sessionregistry.SessionClosedException;
import org.sessionregistry.cdi.restclient.SessionRestClients;
import org.sessionregistry.settings.QueueSettings;

/** Methods that do not wait, limits of the session, and what goes wrong. */
@Timeout(60)
class WaitingTest {
  @RegisterExtension final World world = new World();

  @Test
  void aMethodWithAStageDoesNotWait() {
    CountDownLatch gate = world.gate();
    Upstream upstream =
        world.upstream(
            call -> {
              gate.await();
              call.json("{\"name\":\"Ada\",\"age\":36}");
            });

    CompletableFuture<User> user =
        world.directory(upstream, world.session(s -> s)).userLater("ada").toCompletableFuture();
    assertThat(user).isNotDone();
    gate.countDown();

    assertThat(user.join()).hasToString("Ada, 36");
  }

  @Test
  void manyRequestsWaitWithoutAThreadEach() throws Exception {
    int many = 100;
    CountDownLatch gate = world.gate();
    CountDownLatch arrived = new CountDownLatch(many);
    Upstream upstream =
        world.upstream(
            call -> {
              arrived.countDown();
              gate.await();
              call.json("{\"name\":\"Ada\",\"age\":36}");
            });
    Directory directory =
        world.directory(upstream, world.session(s -> s.pool(p -> p.withMaxConnections(0))));
    int before = busyThreads();

    List<CompletableFuture<User>> users = new ArrayList<>();
    for (int i = 0; i < many; i++) {
      users.add(directory.userLater("ada").toCompletableFuture());
    }
    assertThat(arrived.await(30, SECONDS)).isTrue();
    int waiting = busyThreads() - before;
    gate.countDown();

    assertThat(users).allSatisfy(user -> assertThat(user.join()).hasToString("Ada, 36"));
    assertThat(waiting).isLessThan(many / 10);
  }

  /** Those that are neither the server's nor waiting for work. */
  private static int busyThreads() {
    return (int)
        Thread.getAllStackTraces().entrySet().stream()
            .filter(thread -> !thread.getKey().getName().startsWith("qtp"))
            .filter(
                thread ->
                    Stream.of(thread.getValue())
                        .noneMatch(frame -> frame.getMethodName().equals("getTask")))
            .count();
  }

  @Test
  void aPoolOfOneMakesTheSecondWait() throws Exception {
    CountDownLatch gate = world.gate();
    CountDownLatch arrived = new CountDownLatch(1);
    AtomicInteger atOnce = new AtomicInteger();
    Upstream upstream =
        world.upstream(
            call -> {
              assertThat(atOnce.incrementAndGet()).isEqualTo(1);
              arrived.countDown();
              gate.await();
              atOnce.decrementAndGet();
              call.json("{\"name\":\"Ada\",\"age\":36}");
            });
    ClientSession session = world.session(s -> s.pool(p -> p.withMaxConnections(1)));
    Directory directory = world.directory(upstream, session);

    CompletableFuture<User> first = directory.userLater("ada").toCompletableFuture();
    arrived.await();
    CompletableFuture<User> second = directory.userLater("bob").toCompletableFuture();
    while (session.statistics().pool().waiting() == 0) {
      Thread.onSpinWait();
    }
    assertThat(session.statistics().inFlight()).isEqualTo(2);
    assertThat(second).isNotDone();
    gate.countDown();

    CompletableFuture.allOf(first, second).join();
    assertThat(upstream.seen()).hasSize(2);
    assertThat(upstream.connections()).isEqualTo(1);
  }

  @Test
  void anEntityThatCannotBeConnectedSaysWhy() throws Exception {
    URI nobody;
    try (ServerSocket free = new ServerSocket(0)) {
      nobody = URI.create("http://127.0.0.1:" + free.getLocalPort());
    }
    Directory directory =
        RestClientBuilder.newBuilder()
            .baseUri(nobody)
            .property(SessionRestClients.SESSION, world.session(s -> s))
            .build(Directory.class);

    assertThatThrownBy(() -> directory.user("ada"))
        .isInstanceOf(ProcessingException.class)
        .hasCauseInstanceOf(ConnectionFailedException.class);
    assertThatThrownBy(() -> directory.userLater("ada").toCompletableFuture().join())
        .isInstanceOf(CompletionException.class)
        .hasRootCauseInstanceOf(java.net.ConnectException.class)
        .hasStackTraceContaining(ConnectionFailedException.class.getName());
    assertThatThrownBy(() -> directory.add(new User("Ada", 36)))
        .isInstanceOf(ProcessingException.class)
        .hasCauseInstanceOf(ConnectionFailedException.class);
  }

  @Test
  void aThreadOfTheRegistryIsNotBlocked() throws Exception {
    Upstream upstream = world.upstream(call -> call.json("{\"name\":\"Ada\",\"age\":36}"));
    ClientSession session = world.session(s -> s.baseUrl(upstream.uri()));
    Directory directory = world.directory(upstream, session);

    assertThatThrownBy(
            () ->
                session
                    .get("/users/ada")
                    .sendAsync()
                    .thenCompose(org.sessionregistry.Response::textAsync)
                    .thenApply(text -> directory.user("ada"))
                    .join())
        .hasStackTraceContaining("IllegalStateException");
  }

  @Test
  void theSessionsLimitOfTimeHolds() {
    CountDownLatch gate = world.gate();
    Upstream upstream = world.upstream(call -> gate.await());
    ClientSession session =
        world.session(s -> s.timeout(t -> t.withResponse(Duration.ofMillis(200))));

    assertThatThrownBy(() -> world.directory(upstream, session).user("ada"))
        .isInstanceOf(ProcessingException.class)
        .hasCauseInstanceOf(ResponseTimeoutException.class);
  }

  @Test
  void aFullQueueRefusesAtOnce() throws Exception {
    CountDownLatch gate = world.gate();
    CountDownLatch arrived = new CountDownLatch(1);
    Upstream upstream =
        world.upstream(
            call -> {
              arrived.countDown();
              gate.await();
              call.json("{}");
            });
    ClientSession session =
        world.session(
            s -> s.pool(p -> p.withMaxConnections(1)).queue(QueueSettings.DEFAULTS.withMaxSize(0)));
    Directory directory = world.directory(upstream, session);

    CompletableFuture<User> first = directory.userLater("ada").toCompletableFuture();
    arrived.await();

    assertThatThrownBy(() -> directory.user("bob"))
        .isInstanceOf(ProcessingException.class)
        .hasCauseInstanceOf(QueueFullException.class);
    gate.countDown();
    first.join();
  }

  @Test
  void aClosedSessionSaysSo() {
    Upstream upstream = world.upstream(call -> call.json("{}"));
    ClientSession session = world.session(s -> s);
    Directory directory = world.directory(upstream, session);
    session.close();

    assertThatThrownBy(() -> directory.user("ada"))
        .isInstanceOf(ProcessingException.class)
        .hasCauseInstanceOf(SessionClosedException.class);
  }

  @Test
  void closingTheClientLeavesTheSessionOpen() throws Exception {
    Upstream upstream = world.upstream(call -> call.json("{\"name\":\"Ada\",\"age\":36}"));
    ClientSession session = world.session(s -> s);
    Directory directory = world.directory(upstream, session);
    if (directory instanceof AutoCloseable client) {
      client.close();
    }

    assertThat(world.directory(upstream, session).user("ada")).hasToString("Ada, 36");
  }
}
