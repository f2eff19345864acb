package org.sessionregistry.transport;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.connector.Scheduler;

/**
 * What is known for a while: a map whose entries expire. The rule: it never holds more than its
 * limit, for which the oldest entry leaves; an expired one is never shown, and leaves when it is
 * asked for or when it is the oldest and something is put. Thread-safe, nothing blocks.
 */
final class Expiring<K, V> {
  private final int limit;
  private final Scheduler clock;
  private final ReentrantLock lock = new ReentrantLock();

  /** In the order in which they were put. */
  @GuardedBy("lock")
  private final Map<K, Entry<V>> entries = new LinkedHashMap<>();

  private record Entry<V>(V value, long untilNanos) {}

  Expiring(int limit, Scheduler clock) {
    this.limit = limit;
    this.clock = clock;
  }

  void put(K key, V value, long keepNanos) {
    long now = clock.nanoTime();
    lock.lock();
    try {
      entries.remove(key);
      entries.put(key, new Entry<>(value, now + keepNanos));
      Iterator<Entry<V>> oldest = entries.values().iterator();
      while (oldest.hasNext()) {
        if (oldest.next().untilNanos - now > 0 && entries.size() <= limit) {
          return;
        }
        oldest.remove();
      }
    } finally {
      lock.unlock();
    }
  }

  @Nullable V get(K key) {
    long now = clock.nanoTime();
    lock.lock();
    try {
      Entry<V> entry = entries.get(key);
      if (entry == null || entry.untilNanos - now > 0) {
        return entry == null ? null : entry.value;
      }
      entries.remove(key);
      return null;
    } finally {
      lock.unlock();
    }
  }

  void remove(K key) {
    lock.lock();
    try {
      entries.remove(key);
    } finally {
      lock.unlock();
    }
  }

  int size() {
    lock.lock();
    try {
      return entries.size();
    } finally {
      lock.unlock();
    }
  }
}
