package org.sessionregistry;

/** The whole exchange took longer than {@code timeout.total}. */
public final class TotalTimeoutException extends SessionTimeoutException {
  private static final long serialVersionUID = 1L;

  /**
   * Describes the failure.
   *
   * @param detail whose exchange failed
   * @param what which limit was reached and what to change
   */
  public TotalTimeoutException(FailureDetail detail, String what) {
    super(detail, what);
  }

  @Override
  public FailureKind kind() {
    return FailureKind.TOTAL_TIMEOUT;
  }
}
