package org.sessionregistry.exchange;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.FailureKind;

/**
 * How often each kind of failure occurred. The rule: a kind costs a counter only once it has
 * occurred, because most never do and there may be thousands of sessions. Thread-safe, without a
 * lock.
 */
@SuppressWarnings("EnumOrdinal") // an array costs less than a map, for each session
final class FailureCounts {
  private static final FailureKind[] KINDS = FailureKind.values();

  private final AtomicReferenceArray<@Nullable LongAdder> byKind =
      new AtomicReferenceArray<>(KINDS.length);

  void add(FailureKind kind) {
    add(kind, 1);
  }

  void add(FailureKind kind, long times) {
    LongAdder counter = byKind.get(kind.ordinal());
    if (counter == null) {
      LongAdder first = new LongAdder();
      LongAdder other = byKind.compareAndExchange(kind.ordinal(), null, first);
      counter = other == null ? first : other;
    }
    counter.add(times);
  }

  void addAll(FailureCounts others) {
    for (int i = 0; i < KINDS.length; i++) {
      LongAdder counter = others.byKind.get(i);
      if (counter != null) {
        add(KINDS[i], counter.sum());
      }
    }
  }

  long sum() {
    long sum = 0;
    for (int i = 0; i < KINDS.length; i++) {
      LongAdder counter = byKind.get(i);
      sum += counter == null ? 0 : counter.sum();
    }
    return sum;
  }

  /** Those that occurred. */
  Map<FailureKind, Long> counts() {
    Map<FailureKind, Long> counts = new EnumMap<>(FailureKind.class);
    for (FailureKind kind : KINDS) {
      LongAdder counter = byKind.get(kind.ordinal());
      if (counter != null) {
        counts.put(kind, counter.sum());
      }
    }
    return counts;
  }
}
