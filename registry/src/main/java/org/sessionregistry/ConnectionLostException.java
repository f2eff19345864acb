package org.sessionregistry;

import org.jspecify.annotations.Nullable;

/** The connection ended before the response was complete. */
public sealed class ConnectionLostException extends SessionException
    permits TruncatedResponseException {
  private static final long serialVersionUID = 1L;

  /**
   * Describes the failure.
   *
   * @param detail whose exchange failed
   * @param what what happened and what to change
   * @param cause what was caught, if anything
   */
  public ConnectionLostException(FailureDetail detail, String what, @Nullable Throwable cause) {
    super(detail, what, cause);
  }

  @Override
  public FailureKind kind() {
    return FailureKind.CONNECTION_LOST;
  }
}
