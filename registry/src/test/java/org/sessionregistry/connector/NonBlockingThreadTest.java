package org.sessionregistry.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class NonBlockingThreadTest {
  private static final class Marked extends Thread implements NonBlockingThread {
    Marked(Runnable task) {
      super(task);
    }
  }

  @Test
  void aMarkedThreadKnowsThatItMustNotBlock() throws InterruptedException {
    AtomicReference<Boolean> answer = new AtomicReference<>();
    Thread marked = new Marked(() -> answer.set(NonBlockingThread.isCurrent()));
    marked.start();
    marked.join();

    assertThat(answer.get()).isTrue();
  }

  @Test
  void otherThreadsMayBlock() {
    assertThat(NonBlockingThread.isCurrent()).isFalse();
  }
}
