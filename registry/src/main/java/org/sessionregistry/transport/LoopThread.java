package org.sessionregistry.transport;

import io.netty.util.concurrent.FastThreadLocalThread;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.sessionregistry.connector.NonBlockingThread;

/**
 * A thread of an event loop: a daemon without any application's class loader, which it would keep
 * in memory for as long as it lives.
 */
final class LoopThread extends FastThreadLocalThread implements NonBlockingThread {
  private LoopThread(Runnable target, String name) {
    super(target, name);
    setDaemon(true);
    setContextClassLoader(ClassLoader.getSystemClassLoader());
  }

  static ThreadFactory factory(Consumer<Thread> started) {
    AtomicInteger number = new AtomicInteger();
    return task -> {
      Thread thread = new LoopThread(task, "session-registry-loop-" + number.incrementAndGet());
      started.accept(thread);
      return thread;
    };
  }
}
