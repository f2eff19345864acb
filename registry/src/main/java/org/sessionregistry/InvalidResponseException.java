package org.sessionregistry;

import org.jspecify.annotations.Nullable;

/** What the server sent is not HTTP (RFC 9112). */
public final class InvalidResponseException extends SessionException {
  private static final long serialVersionUID = 1L;

  /**
   * Describes the failure.
   *
   * @param detail whose exchange failed
   * @param what what happened and what to change
   * @param cause what was caught, if anything
   */
  public InvalidResponseException(FailureDetail detail, String what, @Nullable Throwable cause) {
    super(detail, what, cause);
  }

  @Override
  public FailureKind kind() {
    return FailureKind.INVALID_RESPONSE;
  }
}
