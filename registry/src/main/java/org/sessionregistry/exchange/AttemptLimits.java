package org.sessionregistry.exchange;

import org.jspecify.annotations.Nullable;
import org.sessionregistry.connector.Deadlines;
import org.sessionregistry.connector.Deadlines.Deadline;

/**
 * The time limits of one attempt: of all of it, of its place in the queue, and of the phase it is
 * in, of which there is one at a time. Set by whoever moves the attempt on, cancelled by any
 * thread.
 */
final class AttemptLimits {
  private volatile @Nullable Deadline whole;
  private volatile @Nullable Deadline queue;
  private volatile @Nullable Deadline phase;

  /** Null limits are none. */
  void limitWhole(@Nullable Deadlines limit, Runnable expired) {
    if (limit != null) {
      whole = limit.add(expired);
    }
  }

  void limitQueue(@Nullable Deadlines limit, Runnable expired) {
    if (limit != null) {
      queue = limit.add(expired);
    }
  }

  /** In place of the limit of the phase so far. */
  void limitPhase(@Nullable Deadlines limit, Runnable expired) {
    if (limit != null) {
      endPhase();
      phase = limit.add(expired);
    }
  }

  void endQueue() {
    cancel(queue);
  }

  void endPhase() {
    Deadline current = phase;
    if (current != null) {
      phase = null;
      current.cancel();
    }
  }

  void endAll() {
    endQueue();
    endPhase();
    cancel(whole);
  }

  private static void cancel(@Nullable Deadline deadline) {
    if (deadline != null) {
      deadline.cancel();
    }
  }
}
