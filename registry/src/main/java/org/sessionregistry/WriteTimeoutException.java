package org.sessionregistry;

/** Sending made no progress within {@code timeout.write}. */
public final class WriteTimeoutException extends SessionTimeoutException {
  private static final long serialVersionUID = 1L;

  /**
   * Describes the failure.
   *
   * @param detail whose exchange failed
   * @param what which limit was reached and what to change
   */
  public WriteTimeoutException(FailureDetail detail, String what) {
    super(detail, what);
  }

  @Override
  public FailureKind kind() {
    return FailureKind.WRITE_TIMEOUT;
  }
}
