package org.sessionregistry.httpclient;

import java.time.Duration;
import java.util.concurrent.Executor;

/** What the client needs of its registry. A port: the runtime implements it. Thread-safe. */
public interface ClientThreads {
  /**
   * Where code of the application runs; it may block.
   *
   * @return the executor, which refuses tasks when the registry has ended
   */
  Executor blocking();

  /**
   * Runs a short task once after a delay, on a thread that must not be blocked.
   *
   * @param delay how long from now
   * @param task what to run
   * @return takes the task back if it has not begun
   */
  Runnable after(Duration delay, Runnable task);

  /**
   * Refuses to block a thread that serves all sessions.
   *
   * @throws IllegalStateException on such a thread
   */
  void refuseToBlock();
}
