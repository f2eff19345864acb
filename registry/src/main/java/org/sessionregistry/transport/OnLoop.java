package org.sessionregistry.transport;

import io.netty.channel.ChannelHandlerContext;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Hands the tasks of a connection to its event loop, at once when that is the thread already. Any
 * thread may call it from the moment on in which the connection stands in its pipeline.
 */
final class OnLoop {
  private volatile @Nullable ChannelHandlerContext context;

  /** The connection stands in its pipeline. */
  void bind(ChannelHandlerContext ctx) {
    context = ctx;
  }

  ChannelHandlerContext context() {
    ChannelHandlerContext mine = context;
    if (mine == null) {
      throw new IllegalStateException("the connection is not open yet");
    }
    return mine;
  }

  /**
   * Runs a task.
   *
   * @throws RejectedExecutionException if the loop has ended
   */
  void run(Runnable task) {
    if (context().executor().inEventLoop()) {
      task.run();
    } else {
      context().executor().execute(task);
    }
  }

  /** For what is void once the loop has ended, because the connection ended before it. */
  void quietly(Runnable task) {
    try {
      run(task);
    } catch (RejectedExecutionException ended) {
      // The event loop has ended, and with it the connection: what was asked for has happened.
      return;
    }
  }
}
