package org.sessionregistry;

import org.jspecify.annotations.Nullable;

/**
 * The session's own TLS settings cannot be used: a file is missing or broken, a password is wrong,
 * a protocol or cipher suite is unknown to the JVM. No connection was opened.
 */
public final class TlsConfigurationException extends TlsFailedException {
  private static final long serialVersionUID = 1L;

  /**
   * Describes the failure.
   *
   * @param detail whose exchange failed
   * @param what what happened and what to change
   * @param cause what was caught, if anything
   */
  public TlsConfigurationException(FailureDetail detail, String what, @Nullable Throwable cause) {
    super(detail, what, cause);
  }

  @Override
  public FailureKind kind() {
    return FailureKind.TLS_CONFIGURATION;
  }
}
