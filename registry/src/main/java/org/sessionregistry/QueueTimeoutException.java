package org.sessionregistry;

/** No connection became free within {@code timeout.queue}. */
public final class QueueTimeoutException extends SessionTimeoutException {
  private static final long serialVersionUID = 1L;

  /**
   * Describes the failure.
   *
   * @param detail whose exchange failed
   * @param what which limit was reached and what to change
   */
  public QueueTimeoutException(FailureDetail detail, String what) {
    super(detail, what);
  }

  @Override
  public FailureKind kind() {
    return FailureKind.QUEUE_TIMEOUT;
  }
}
