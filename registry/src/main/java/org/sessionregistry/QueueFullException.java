package org.sessionregistry;

/** No connection was free and {@code queue.max-size} requests were waiting already. */
public final class QueueFullException extends SessionException {
  private static final long serialVersionUID = 1L;

  /**
   * Describes the failure.
   *
   * @param detail whose exchange failed
   * @param what what happened and what to change
   */
  public QueueFullException(FailureDetail detail, String what) {
    super(detail, what, null);
  }

  @Override
  public FailureKind kind() {
    return FailureKind.QUEUE_FULL;
  }
}
