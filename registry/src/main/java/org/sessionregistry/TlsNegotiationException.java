package org.sessionregistry;

import org.jspecify.annotations.Nullable;

/** Client and server have no protocol version or no cipher suite in common. */
public final class TlsNegotiationException extends TlsFailedException {
  private static final long serialVersionUID = 1L;

  /**
   * Describes the failure.
   *
   * @param detail whose exchange failed
   * @param what what happened and what to change
   * @param cause what was caught, if anything
   */
  public TlsNegotiationException(FailureDetail detail, String what, @Nullable Throwable cause) {
    super(detail, what, cause);
  }

  @Override
  public FailureKind kind() {
    return FailureKind.TLS_NEGOTIATION;
  }
}
