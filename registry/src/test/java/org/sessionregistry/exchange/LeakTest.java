package org.sessionregistry.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.lang.ref.Reference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sessionregistry.Response;
import org.sessionregistry.SessionHooks;

/** A response that nobody has any more is reported once, and its connection taken back. */
class LeakTest {
  private static final Logger LOG = Logger.getLogger("org.sessionregistry.leaks");

  private final List<LogRecord> reports = new ArrayList<>();
  private final Handler recording =
      new Handler() {
        @Override
        public void publish(LogRecord report) {
          reports.add(report);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  private final World world = World.simple();

  @BeforeEach
  void listen() {
    LOG.addHandler(recording);
    LOG.setUseParentHandlers(false);
  }

  @AfterEach
  void stopListening() {
    LOG.removeHandler(recording);
    LOG.setUseParentHandlers(true);
  }

  /** Lets the collector take what is forgotten, and the watch look, until something is found. */
  private boolean isFound() {
    for (int i = 0; i < 50 && reports.isEmpty(); i++) {
      System.gc();
      world.time.advance(Duration.ofSeconds(10));
    }
    return !reports.isEmpty();
  }

  @Test
  void aForgottenResponseIsReportedAndItsConnectionTakenBack() {
    world.send(world.get("/forgotten?secret=1"));
    world.connection().sent().head(200).data("a part");

    assertThat(isFound()).isTrue();
    assertThat(world.connection().isDiscarding())
        .as("what remains is not read by anybody")
        .isTrue();
    assertThat(reports)
        .singleElement()
        .satisfies(
            report -> {
              assertThat(report.getMessage())
                  .contains("session 's'", "GET http://a/forgotten", "neither closed nor read")
                  .doesNotContain("secret");
              assertThat(report.getThrown().getStackTrace())
                  .anyMatch(frame -> frame.getClassName().equals(LeakTest.class.getName()));
            });
    world.connection().end();
    assertThat(world.statistics().inFlight()).isZero();
    world.assertNothingIsLeft();
  }

  @Test
  void aForgottenStreamIsFoundToo() {
    streamed(world.respondedHead());
    assertThat(isFound()).isTrue();
  }

  private static void streamed(Response response) {
    assertThat(response.inputStream()).isNotNull();
  }

  @Test
  void aStreamThatIsInUseIsNotForgotten() {
    InputStream stream = world.respondedHead().inputStream();
    assertThat(isFound()).isFalse();
    Reference.reachabilityFence(stream);
  }

  @Test
  void aBodyThatIsBeingLoadedIsNotForgotten() {
    CompletableFuture<String> text = world.respondedHead().textAsync();
    assertThat(isFound()).isFalse();
    world.connection().data("whole").end();
    assertThat(text).isCompletedWithValue("whole");
  }

  @Test
  void aResponseInTheFutureIsNotForgotten() {
    CompletableFuture<Response> future = world.send();
    world.connection().sent().head(200).data("a").data("b");
    assertThat(isFound()).isFalse();
    Reference.reachabilityFence(future);
  }

  @Test
  void whatWasReadOrClosedIsNotReported() {
    world.respondedHead().close();
    world.connection().end();
    world.send();
    world.connection().respond(200, "read by nobody, but whole");
    assertThat(isFound()).isFalse();
    world.assertNothingIsLeft();
  }

  @Test
  void aResponseBehindInterceptorsIsFoundToo() {
    World intercepted =
        World.with(
            settings -> settings,
            SessionHooks.builder()
                .aroundAttempt((request, next) -> next.send(request))
                .aroundExchange((request, next) -> next.send(request))
                .build());
    intercepted.send();
    intercepted.connection().sent().head(200).data("a part");
    for (int i = 0; i < 50 && reports.isEmpty(); i++) {
      System.gc();
      intercepted.time.advance(Duration.ofSeconds(10));
    }
    assertThat(reports).hasSize(1);
  }
}
