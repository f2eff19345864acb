package org.sessionregistry;

/** The host's name was not resolved within {@code timeout.dns}. */
public final class DnsTimeoutException extends SessionTimeoutException {
  private static final long serialVersionUID = 1L;

  /**
   * Describes the failure.
   *
   * @param detail whose exchange failed
   * @param what which limit was reached and what to change
   */
  public DnsTimeoutException(FailureDetail detail, String what) {
    super(detail, what);
  }

  @Override
  public FailureKind kind() {
    return FailureKind.DNS_TIMEOUT;
  }
}
