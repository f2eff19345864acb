package org.sessionregistry.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever the registry does, the container's shutdown goes on. */
@Timeout(10)
class OrderlyClosingTest {
  private static final Duration A_MINUTE = Duration.ofMinutes(1);

  private final FakeRegistry registry = new FakeRegistry();
  private Log log;

  @BeforeEach
  void listen() {
    log = Log.ofTheModule();
  }

  @AfterEach
  void stopListening() {
    log.close();
  }

  @Test
  void aRegistryThatClosesIsNotMentioned() {
    registry.closed.complete(null);

    new OrderlyClosing(A_MINUTE).close(registry);

    assertThat(registry.closing).isTrue();
    assertThat(log.lines()).isEmpty();
  }

  @Test
  void aRegistryThatNeverClosesIsLeftBehindAndReported() {
    new OrderlyClosing(A_MINUTE, Duration.ofMillis(1)).close(registry);

    assertThat(log.lines())
        .containsExactly(
            "SEVERE the session registry is not closed after 1 ms; connections or threads may be"
                + " left behind");
  }

  @Test
  void aRegistryThatFailsToCloseIsReported() {
    registry.closed.completeExceptionally(new IllegalStateException("stuck"));

    new OrderlyClosing(A_MINUTE).close(registry);

    assertThat(log.lines())
        .containsExactly("SEVERE the session registry could not be closed properly: stuck");
  }

  @Test
  void anInterruptEndsTheWaitAndStaysSet() {
    Thread.currentThread().interrupt();

    new OrderlyClosing(A_MINUTE).close(registry);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(registry.closing).isTrue();
  }
}
