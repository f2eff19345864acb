package org.sessionregistry.connector;

/**
 * When requests were started, as far back as it counts: a period that slides. The rule: it never
 * forgets a start too early, so that whatever moment is chosen, no more starts lie in the period
 * after it than it was told of within one.
 *
 * <p>Where there are many, those of a thousandth of the period are one entry and are forgotten with
 * the last of them; so it is small whatever the number. Guarded by the lock of its {@link
 * RateLimit}.
 */
final class StartLog {
  /** Up to so many starts each has an entry of its own; and there are hardly more entries. */
  private static final int EXACT = 1_000;

  private long periodNanos;

  /** How long an entry takes in further starts. */
  private long grainNanos;

  // A ring of entries, the oldest at first: their last start, and how many they are.
  private long[] times = new long[4];
  private int[] counts = new int[4];
  private int first;
  private int size;

  private long newestBeganNanos;
  private int starts;

  /** From now on so many starts at most are to be remembered for so long. */
  void remember(int most, long forNanos) {
    periodNanos = forNanos;
    grainNanos = most <= EXACT ? 0 : forNanos / EXACT;
  }

  /** How many there were in the period that ends now. */
  int count(long now) {
    while (size > 0 && now - times[first] >= periodNanos) {
      starts -= counts[first];
      first = (first + 1) & (times.length - 1);
      size--;
    }
    return starts;
  }

  /** One is started. */
  void add(long now) {
    starts++;
    int last = (first + size - 1) & (times.length - 1);
    if (size > 0 && now - newestBeganNanos <= grainNanos) {
      times[last] = now;
      counts[last]++;
      return;
    }
    if (size == times.length) {
      grow();
    }
    int next = (first + size) & (times.length - 1);
    times[next] = now;
    counts[next] = 1;
    newestBeganNanos = now;
    size++;
  }

  /**
   * One of them was none. The oldest is forgotten for it, whichever it was: of those that remain,
   * none is remembered for too short.
   */
  void takeBack() {
    if (size == 0) {
      return; // it is long ago
    }
    starts--;
    if (--counts[first] == 0) {
      first = (first + 1) & (times.length - 1);
      size--;
    }
  }

  /** How long until one is forgotten; negative if there is none. */
  long nanosToNext(long now) {
    return size == 0 ? -1 : Math.max(0, times[first] + periodNanos - now);
  }

  private void grow() {
    int capacity = times.length;
    long[] unrolledTimes = new long[2 * capacity];
    int[] unrolledCounts = new int[2 * capacity];
    for (int i = 0; i < size; i++) {
      int from = (first + i) & (capacity - 1);
      unrolledTimes[i] = times[from];
      unrolledCounts[i] = counts[from];
    }
    times = unrolledTimes;
    counts = unrolledCounts;
    first = 0;
  }

  /** For tests and for people who debug. */
  @Override
  public String toString() {
    return starts + " starts in " + size + " entries";
  }
}
