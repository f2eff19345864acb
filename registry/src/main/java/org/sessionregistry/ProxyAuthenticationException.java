package org.sessionregistry;

/**
 * The proxy wants a user name and a password, or does not accept those it was told (RFC 9110
 * section 15.5.8, RFC 1929); the server got nothing.
 */
public final class ProxyAuthenticationException extends SessionException {
  private static final long serialVersionUID = 1L;

  /**
   * Describes the failure.
   *
   * @param detail whose exchange failed
   * @param what what happened and what to change
   */
  public ProxyAuthenticationException(FailureDetail detail, String what) {
    super(detail, what, null);
  }

  @Override
  public FailureKind kind() {
    return FailureKind.PROXY_AUTHENTICATION;
  }
}
