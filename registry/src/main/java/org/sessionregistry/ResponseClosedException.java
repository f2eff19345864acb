package org.sessionregistry;

import org.jspecify.annotations.Nullable;

/** The body was read after the response was closed. */
public final class ResponseClosedException extends SessionException {
  private static final long serialVersionUID = 1L;

  /**
   * Describes the failure.
   *
   * @param detail whose exchange failed
   * @param what what happened and what to change
   * @param cause what was caught, if anything
   */
  public ResponseClosedException(FailureDetail detail, String what, @Nullable Throwable cause) {
    super(detail, what, cause);
  }

  @Override
  public FailureKind kind() {
    return FailureKind.RESPONSE_CLOSED;
  }
}
