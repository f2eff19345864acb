package org.sessionregistry;

import org.jspecify.annotations.Nullable;

/** The session is closed or closing, so the request was not sent or could not finish. */
public final class SessionClosedException extends SessionException {
  private static final long serialVersionUID = 1L;

  /**
   * Describes the failure.
   *
   * @param detail whose exchange failed
   * @param what what happened and what to change
   * @param cause what was caught, if anything
   */
  public SessionClosedException(FailureDetail detail, String what, @Nullable Throwable cause) {
    super(detail, what, cause);
  }

  @Override
  public FailureKind kind() {
    return FailureKind.SESSION_CLOSED;
  }
}
