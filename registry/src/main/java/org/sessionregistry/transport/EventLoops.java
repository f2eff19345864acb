package org.sessionregistry.transport;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The threads that do the I/O of a registry, started when the first connection is opened, so that a
 * registry that is never used costs none. Thread-safe.
 *
 * <p>They are started by a thread of their own: a new thread takes over inheritable thread-locals
 * and the access-control context of the one that starts it, and those of a caller can hold the
 * application.
 */
public final class EventLoops implements Executor {
  private static final long SHUTDOWN_SECONDS = 5;

  private final int threads;
  private final ThreadFactory factory;
  private final Consumer<Thread> threadStarts;
  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private @Nullable CompletableFuture<EventLoopGroup> group;

  @GuardedBy("lock")
  private boolean closed;

  private volatile @Nullable ByteBufAllocator buffers;

  /**
   * Does not start any thread yet.
   *
   * @param threads how many; 0 for one per core
   * @param started told of every thread before it starts
   */
  public EventLoops(int threads, Consumer<Thread> started) {
    this.threads = threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
    this.factory = LoopThread.factory(started);
    this.threadStarts = started;
  }

  /**
   * Hands the next loop to the action, on this thread or on that which starts the loops.
   *
   * @param ifNone called instead when the registry is closed or its loops could not be started
   */
  void withNext(Consumer<EventLoop> action, Consumer<Throwable> ifNone) {
    CompletableFuture<EventLoopGroup> started = start();
    if (started == null) {
      ifNone.accept(new IllegalStateException("the registry is closed"));
      return;
    }
    started.whenComplete(
        (loops, failure) -> {
          if (loops != null) {
            action.accept(loops.next());
          } else {
            ifNone.accept(failure);
          }
        });
  }

  /**
   * Runs a task on one of the loops: what completes futures goes here, so that no application code
   * runs on the timer's thread.
   */
  @Override
  public void execute(Runnable task) {
    withNext(
        loop -> {
          try {
            loop.execute(task);
          } catch (RejectedExecutionException e) {
            task.run(); // The loops are ending, and what the task completes must not be lost.
          }
        },
        noLoop -> task.run());
  }

  private @Nullable CompletableFuture<EventLoopGroup> start() {
    lock.lock();
    try {
      CompletableFuture<EventLoopGroup> started = group;
      if (started == null && !closed) {
        started = new CompletableFuture<>();
        group = started;
        CompletableFuture<EventLoopGroup> starting = started;
        Thread starter =
            new Thread(null, () -> startOn(starting), "session-registry-start", 0, false);
        starter.setDaemon(true);
        starter.setContextClassLoader(ClassLoader.getSystemClassLoader());
        threadStarts.accept(starter);
        starter.start();
      }
      return started;
    } finally {
      lock.unlock();
    }
  }

  @SuppressWarnings("deprecation") // its successor in Netty 4.2 does not exist in 4.1
  private void startOn(CompletableFuture<EventLoopGroup> starting) {
    try {
      EventLoopGroup loops = new NioEventLoopGroup(threads, factory);
      buffers = Buffers.of(threads);
      for (EventExecutor loop : loops) {
        loop.execute(() -> {}); // starts its thread, here
      }
      starting.complete(loops);
    } catch (RuntimeException | Error e) {
      forget(starting); // the next one may find what was missing, for instance a free descriptor
      starting.completeExceptionally(e);
    }
  }

  /** Where connections get their buffers; on a loop only. */
  ByteBufAllocator buffers() {
    return Objects.requireNonNull(buffers, "no loop runs");
  }

  private void forget(CompletableFuture<EventLoopGroup> failed) {
    lock.lock();
    try {
      if (group == failed) {
        group = null;
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Ends the loops and waits for it. Connections must be closed before.
   *
   * @throws InterruptedException if the calling thread is interrupted
   * @throws IllegalStateException if a loop is blocked and does not end
   */
  public void close() throws InterruptedException {
    CompletableFuture<EventLoopGroup> begun;
    lock.lock();
    try {
      closed = true;
      begun = group;
    } finally {
      lock.unlock();
    }
    if (begun == null) {
      return;
    }
    EventLoopGroup loops = begun.join();
    loops.shutdownGracefully(0, SHUTDOWN_SECONDS, TimeUnit.SECONDS);
    if (!loops.awaitTermination(2 * SHUTDOWN_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException("an event loop is blocked and did not end");
    }
  }
}
