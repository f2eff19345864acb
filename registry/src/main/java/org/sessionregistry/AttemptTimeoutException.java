package org.sessionregistry;

/** One attempt took longer than {@code timeout.attempt}. */
public final class AttemptTimeoutException extends SessionTimeoutException {
  private static final long serialVersionUID = 1L;

  /**
   * Describes the failure.
   *
   * @param detail whose exchange failed
   * @param what which limit was reached and what to change
   */
  public AttemptTimeoutException(FailureDetail detail, String what) {
    super(detail, what);
  }

  @Override
  public FailureKind kind() {
    return FailureKind.ATTEMPT_TIMEOUT;
  }
}
