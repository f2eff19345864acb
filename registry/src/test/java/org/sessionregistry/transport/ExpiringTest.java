package org.sessionregistry.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ExpiringTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final VirtualTime time = new VirtualTime();
  private final Expiring<String, Integer> known = new Expiring<>(3, time);

  @Test
  void anEntryIsThereUntilItExpires() {
    known.put("a", 1, SECOND);

    time.advance(Duration.ofNanos(SECOND - 1));
    assertThat(known.get("a")).isEqualTo(1);
    time.advance(Duration.ofNanos(1));
    assertThat(known.get("a")).isNull();
    assertThat(known.size()).isZero();
  }

  @Test
  void whatIsPutAgainLivesOn() {
    known.put("a", 1, SECOND);
    time.advance(Duration.ofMillis(900));
    known.put("a", 2, SECOND);
    time.advance(Duration.ofMillis(900));

    assertThat(known.get("a")).isEqualTo(2);
  }

  @Test
  void theOldestLeavesForOneTooMany() {
    known.put("a", 1, SECOND);
    known.put("b", 2, SECOND);
    known.put("c", 3, SECOND);
    known.put("a", 4, SECOND);
    known.put("d", 5, SECOND);

    assertThat(known.size()).isEqualTo(3);
    assertThat(known.get("b")).isNull();
    assertThat(known.get("a")).isEqualTo(4);
  }

  @Test
  void expiredEntriesThatNobodyAsksForLeaveToo() {
    known.put("a", 1, SECOND);
    known.put("b", 2, SECOND);
    time.advance(Duration.ofSeconds(2));
    known.put("c", 3, SECOND);

    assertThat(known.size()).isEqualTo(1);
  }
}
