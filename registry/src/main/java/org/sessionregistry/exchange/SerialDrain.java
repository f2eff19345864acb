package org.sessionregistry.exchange;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs a step whenever somebody asks, on the thread that asks, but never twice at once: who comes
 * while it runs makes the running thread go round once more. So the step's own state needs no lock.
 * Any thread may ask; nothing blocks.
 */
final class SerialDrain {
  private final Runnable step;
  private final AtomicInteger asked = new AtomicInteger();

  SerialDrain(Runnable step) {
    this.step = step;
  }

  void drain() {
    if (asked.getAndIncrement() != 0) {
      return;
    }
    int seen = 1;
    do {
      step.run();
      seen = asked.addAndGet(-seen);
    } while (seen != 0);
  }
}
