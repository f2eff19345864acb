package org.sessionregistry.exchange;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.SessionException;

/**
 * Makes values of the bytes of a body, which come part by part. Confined to one reader.
 *
 * @param <T> what it makes
 */
interface Decoding<T> {
  /** Takes the next part; what it completes can be polled. */
  void decode(ByteBuffer part) throws SessionException;

  /** The body is over; what that completes can be polled. */
  void end() throws SessionException;

  /** The next value, or null when there is none yet. */
  @Nullable T poll();
}
