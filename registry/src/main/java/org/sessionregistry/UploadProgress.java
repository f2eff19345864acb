package org.sessionregistry;

import java.util.OptionalLong;

/**
 * Hears how much of a request's body has reached the socket. Called on a thread of the registry,
 * which it must not block, by one thread at a time.
 */
@FunctionalInterface
public interface UploadProgress {
  /**
   * A part of the body was written. After a redirect, or when the request is sent again, it starts
   * over.
   *
   * @param sent bytes of the body that were written to the socket so far
   * @param total the length of the body, empty when it is not known
   */
  void sent(long sent, OptionalLong total);
}
