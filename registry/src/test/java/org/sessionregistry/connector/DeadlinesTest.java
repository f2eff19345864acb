package org.sessionregistry.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.sessionregistry.connector.Deadlines.Deadline;

class DeadlinesTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final Duration A_MOMENT = Duration.ofNanos(1);

  private final VirtualScheduler time = new VirtualScheduler();
  private final Deadlines deadlines = new Deadlines(LIMIT.toNanos(), time);
  private final List<String> expired = new ArrayList<>();

  private Deadline add(String name) {
    return deadlines.add(() -> expired.add(name));
  }

  @Test
  void aDeadlineExpiresWhenItsTimeHasCome() {
    add("a");

    time.advance(LIMIT);

    assertThat(expired).containsExactly("a");
  }

  @Test
  void aDeadlineDoesNotExpireBefore() {
    add("a");

    time.advance(LIMIT.minus(A_MOMENT));

    assertThat(expired).isEmpty();
  }

  @Test
  void aDeadlineExpiresOnce() {
    add("a");

    time.advance(LIMIT.multipliedBy(5));

    assertThat(expired).containsExactly("a");
  }

  @Test
  void aCancelledDeadlineDoesNotExpire() {
    add("a").cancel();

    time.advance(LIMIT);

    assertThat(expired).isEmpty();
  }

  @Test
  void cancellingTwiceIsHarmless() {
    Deadline middle = add("a");
    add("b");
    middle.cancel();
    middle.cancel();

    time.advance(LIMIT);

    assertThat(expired).containsExactly("b");
  }

  @Test
  void cancellingAnExpiredDeadlineIsHarmless() {
    Deadline deadline = add("a");
    time.advance(LIMIT);

    deadline.cancel();

    assertThat(expired).containsExactly("a");
  }

  @Test
  void deadlinesExpireInTheirOrder() {
    add("a");
    add("b");
    time.advance(Duration.ofSeconds(1));
    add("c");

    time.advance(LIMIT);

    assertThat(expired).containsExactly("a", "b", "c");
  }

  @Test
  void eachDeadlineExpiresAtItsOwnTime() {
    add("a");
    time.advance(Duration.ofSeconds(4));
    add("b");

    time.advance(Duration.ofSeconds(6));
    assertThat(expired).containsExactly("a");

    time.advance(Duration.ofSeconds(4));
    assertThat(expired).containsExactly("a", "b");
  }

  @Test
  void theDeadlineAfterACancelledOneExpiresInTime() {
    Deadline first = add("a");
    time.advance(Duration.ofSeconds(4));
    add("b");
    first.cancel();

    time.advance(LIMIT.minus(A_MOMENT));
    assertThat(expired).isEmpty();

    time.advance(A_MOMENT);
    assertThat(expired).containsExactly("b");
  }

  @Test
  void oneTimerServesAll() {
    for (int i = 0; i < 1000; i++) {
      add("x");
      time.advance(A_MOMENT);
    }

    assertThat(time.pending()).isEqualTo(1);
  }

  @Test
  void noTimerIsLeftWhenNoDeadlineIs() {
    add("a");
    add("b").cancel();

    time.advance(LIMIT);

    assertThat(time.pending()).isZero();
  }

  @Test
  void deadlinesWorkAgainAfterTheyRanOut() {
    add("a");
    time.advance(LIMIT.multipliedBy(3));

    add("b");
    time.advance(LIMIT);

    assertThat(expired).containsExactly("a", "b");
  }

  @Test
  void anActionMayCancelADeadlineThatIsDueWithIt() {
    Deadline[] second = new Deadline[1];
    deadlines.add(() -> second[0].cancel());
    second[0] = add("b");

    time.advance(LIMIT);

    assertThat(expired).isEmpty();
  }

  @Test
  void anActionMayAddADeadline() {
    deadlines.add(() -> add("b"));

    time.advance(LIMIT.multipliedBy(2));

    assertThat(expired).containsExactly("b");
  }

  @Test
  void anActionThatFailsDoesNotKeepTheOthersFromExpiring() {
    deadlines.add(
        () -> {
          throw new IllegalStateException("broken");
        });
    add("b");
    assertThatThrownBy(() -> time.advance(LIMIT)).hasMessage("broken");

    time.advance(A_MOMENT);
    add("c");
    time.advance(LIMIT);

    assertThat(expired).containsExactly("b", "c");
  }

  @Test
  void aDeadlineOfNoTimeExpiresOnTheSchedulersThread() {
    Deadlines none = new Deadlines(0, time);

    none.add(() -> expired.add("a"));
    assertThat(expired).isEmpty();

    time.advance(Duration.ZERO);
    assertThat(expired).containsExactly("a");
  }

  @Test
  void manyThreadsMayAddAndCancelWhileOthersExpire() throws InterruptedException {
    int perThread = 20_000;
    AtomicIntegerArray runs = new AtomicIntegerArray(4 * perThread);
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      int first = t * perThread;
      Thread thread =
          new Thread(
              () -> {
                for (int id = first; id < first + perThread; id++) {
                  int mine = id;
                  Deadline deadline = deadlines.add(() -> runs.incrementAndGet(mine));
                  if (id % 2 == 0) {
                    deadline.cancel();
                  }
                }
              });
      thread.start();
      threads.add(thread);
    }
    while (threads.stream().anyMatch(Thread::isAlive)) {
      time.advance(Duration.ofMillis(100));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    time.advance(LIMIT.multipliedBy(2));

    for (int id = 0; id < runs.length(); id++) {
      if (id % 2 == 0) {
        assertThat(runs.get(id)).as("cancelled").isBetween(0, 1);
      } else {
        assertThat(runs.get(id)).as("not cancelled").isEqualTo(1);
      }
    }
    assertThat(time.pending()).isZero();
  }

  @Test
  void everyDeadlineExpiresInTimeOrNotAtAll() {
    Random random = new Random(2);
    Map<Integer, Deadline> open = new HashMap<>();
    Map<Integer, Long> dueAt = new HashMap<>();
    List<Integer> wrong = new ArrayList<>();
    for (int step = 0; step < 20_000; step++) {
      int id = step;
      switch (random.nextInt(3)) {
        case 0 -> {
          dueAt.put(id, time.nanoTime() + LIMIT.toNanos());
          open.put(
              id,
              deadlines.add(
                  () -> {
                    Long due = dueAt.remove(id);
                    if (due == null || due != time.nanoTime()) {
                      wrong.add(id);
                    }
                    open.remove(id);
                  }));
        }
        case 1 -> time.advance(Duration.ofMillis(random.nextInt(200)));
        default -> {
          int victim = random.nextInt(step + 1);
          Deadline deadline = open.remove(victim);
          if (deadline != null) {
            deadline.cancel();
            dueAt.remove(victim);
          }
        }
      }
    }
    time.advance(LIMIT);

    assertThat(wrong).isEmpty();
    assertThat(dueAt).isEmpty();
  }
}
