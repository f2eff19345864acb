package org.sessionregistry.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionregistry.ClientSession;
import org.sessionregistry.Response;
import org.sessionregistry.SessionClosedException;

/** The application stops while its threads, of either kind, use sessions. */
@Timeout(60)
class ShutdownUnderLoadTest {
  /** The kinds of threads that applications have. */
  enum Kind {
    PLATFORM {
      @Override
      ExecutorService threads() {
        return Executors.newCachedThreadPool();
      }
    },
    VIRTUAL {
      @Override
      ExecutorService threads() throws ReflectiveOperationException {
        assumeTrue(Runtime.version().feature() >= 21, "a JVM with virtual threads");
        return (ExecutorService)
            Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
      }
    };

    abstract ExecutorService threads() throws ReflectiveOperationException;
  }

  private TestServer server;

  @BeforeEach
  void start() {
    server = new TestServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @EnumSource
  void requestsInFlightMayFinish(Kind kind) throws Exception {
    ExecutorService threads = kind.threads();
    try (Log log = Log.ofTheModule()) {
      Application application = application("30s");
      ClientSession session = application.registry().session("github");
      Future<String> waiting = threads.submit(() -> get(session, "/stall"));
      server.awaitStalled();

      Future<?> stopped = threads.submit(application::close);
      until(() -> log.lines().stream().anyMatch(line -> line.contains("1 request in flight")));
      server.release();

      assertThat(waiting.get()).isEqualTo("/stall");
      stopped.get();
      assertThat(log.lines()).noneMatch(line -> line.startsWith("WARNING"));
    } finally {
      threads.shutdownNow();
    }
    assertThat(RegistryThreads.left()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void requestsThatDoNotEndAreCutOffWithThoseThatWait(Kind kind) throws Exception {
    ExecutorService threads = kind.threads();
    try {
      Application application = application("200ms");
      ClientSession session = application.registry().session("github");
      List<Future<String>> users = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        users.add(threads.submit(() -> get(session, "/stall")));
      }
      server.awaitStalled();
      until(() -> session.statistics().inFlight() == 10);

      threads.submit(application::close).get();

      for (Future<String> user : users) {
        assertThat(user)
            .failsWithin(10, TimeUnit.SECONDS)
            .withThrowableThat()
            .withCauseInstanceOf(SessionClosedException.class);
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(RegistryThreads.left()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void whoUsesSessionsMeanwhileIsServedOrToldThatItIsClosed(Kind kind) throws Exception {
    ExecutorService threads = kind.threads();
    try {
      Application application = application("10s");
      ClientSession injected = application.session("github");
      AtomicInteger served = new AtomicInteger();
      CountDownLatch busy = new CountDownLatch(100);
      List<Future<Throwable>> users = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        users.add(
            threads.submit(
                () -> {
                  while (true) {
                    try {
                      assertThat(get(injected, "/used")).isEqualTo("/used");
                      served.incrementAndGet();
                      busy.countDown();
                    } catch (Exception end) {
                      return end;
                    }
                  }
                }));
      }
      assertThat(busy.await(30, TimeUnit.SECONDS)).isTrue();

      threads.submit(application::close).get();

      for (Future<Throwable> user : users) {
        // Some containers refuse the call themselves, others hand it to the closed session.
        assertThat(user.get(10, TimeUnit.SECONDS))
            .isInstanceOfAny(SessionClosedException.class, RuntimeException.class);
      }
      assertThat(served).hasValueGreaterThanOrEqualTo(100);
    } finally {
      threads.shutdownNow();
    }
    assertThat(RegistryThreads.left()).isEmpty();
  }

  private Application application(String shutdownTimeout) {
    return Application.configured(
            "client-session.github.base-url",
            server.url(),
            "client-session.github.pool.max-connections",
            "4",
            "client-session-registry.shutdown-timeout",
            shutdownTimeout)
        .start();
  }

  private static String get(ClientSession session, String path) throws Exception {
    try (Response response = session.get(path).send()) {
      return response.text();
    }
  }

  /** For what nobody tells; the test's own limit ends it. */
  private static void until(Callable<Boolean> condition) throws Exception {
    while (!condition.call()) {
      Thread.onSpinWait();
    }
  }
}
