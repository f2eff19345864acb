package org.sessionregistry;

import org.jspecify.annotations.Nullable;

/** No connection could be opened: refused, unreachable or reset while connecting. */
public final class ConnectionFailedException extends SessionException {
  private static final long serialVersionUID = 1L;

  /**
   * Describes the failure.
   *
   * @param detail whose exchange failed
   * @param what what happened and what to change
   * @param cause what was caught, if anything
   */
  public ConnectionFailedException(FailureDetail detail, String what, @Nullable Throwable cause) {
    super(detail, what, cause);
  }

  @Override
  public FailureKind kind() {
    return FailureKind.CONNECTION_FAILED;
  }
}
