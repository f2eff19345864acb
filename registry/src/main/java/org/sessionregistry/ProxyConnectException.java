package org.sessionregistry;

import org.jspecify.annotations.Nullable;

/**
 * The proxy was reached, but it opens no way to the server: it refused, closed the connection, or
 * does not speak what {@code proxy.url} says.
 */
public final class ProxyConnectException extends SessionException {
  private static final long serialVersionUID = 1L;

  /**
   * Describes the failure.
   *
   * @param detail whose exchange failed
   * @param what what happened and what to change
   * @param cause what was caught, if anything
   */
  public ProxyConnectException(FailureDetail detail, String what, @Nullable Throwable cause) {
    super(detail, what, cause);
  }

  @Override
  public FailureKind kind() {
    return FailureKind.PROXY_CONNECT;
  }
}
