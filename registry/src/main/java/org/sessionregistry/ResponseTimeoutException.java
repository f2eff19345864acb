package org.sessionregistry;

/**
 * The response's headers did not come within {@code timeout.response} after the request was
 * written.
 */
public final class ResponseTimeoutException extends SessionTimeoutException {
  private static final long serialVersionUID = 1L;

  /**
   * Describes the failure.
   *
   * @param detail whose exchange failed
   * @param what which limit was reached and what to change
   */
  public ResponseTimeoutException(FailureDetail detail, String what) {
    super(detail, what);
  }

  @Override
  public FailureKind kind() {
    return FailureKind.RESPONSE_TIMEOUT;
  }
}
