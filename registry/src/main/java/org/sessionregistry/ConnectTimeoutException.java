package org.sessionregistry;

/** No address of the host accepted a connection within {@code timeout.connect}. */
public final class ConnectTimeoutException extends SessionTimeoutException {
  private static final long serialVersionUID = 1L;

  /**
   * Describes the failure.
   *
   * @param detail whose exchange failed
   * @param what which limit was reached and what to change
   */
  public ConnectTimeoutException(FailureDetail detail, String what) {
    super(detail, what);
  }

  @Override
  public FailureKind kind() {
    return FailureKind.CONNECT_TIMEOUT;
  }
}
