package org.sessionregistry.connector;

/** Marks the threads that serve all sessions, which nobody may block. */
public interface NonBlockingThread {
  /** Whether the calling thread is one of them. */
  static boolean isCurrent() {
    return Thread.currentThread() instanceof NonBlockingThread;
  }
}
