package org.sessionregistry;

/** No part of the body came within {@code timeout.read} while the reader wanted more. */
public final class ReadTimeoutException extends SessionTimeoutException {
  private static final long serialVersionUID = 1L;

  /**
   * Describes the failure.
   *
   * @param detail whose exchange failed
   * @param what which limit was reached and what to change
   */
  public ReadTimeoutException(FailureDetail detail, String what) {
    super(detail, what);
  }

  @Override
  public FailureKind kind() {
    return FailureKind.READ_TIMEOUT;
  }
}
