package org.sessionregistry.exchange;

import org.jspecify.annotations.Nullable;
import org.sessionregistry.SessionException;

/** Where the one reader of a body takes its parts from. */
interface BodySource {
  /** Sets who is told of every part, of the end and of a failure. */
  void readBy(Runnable told);

  /**
   * All of it, if it is here, has come in one part and is not longer than the limit; else null, and
   * it is as if nobody had asked. Only before anything was taken out.
   */
  default byte @Nullable [] takeWhole(long limit) {
    return null;
  }

  /** The next part, or null when there is none now; then {@link #isOver} tells whether ever. */
  byte @Nullable [] poll();

  /** Whether nothing will come any more, well or badly, and all that came was taken out. */
  boolean isOver();

  /** Why nothing will come any more; null when the body is complete. */
  @Nullable SessionException failure();

  /** The reader wants more than is here: from now on the peer's time runs. */
  void want();

  /** The reader is gone; what has not come is read away or not read at all. From any thread. */
  void close();
}
