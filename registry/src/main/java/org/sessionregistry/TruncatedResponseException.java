package org.sessionregistry;

import org.jspecify.annotations.Nullable;

/** The body is shorter than {@code Content-Length} or its chunks promised (RFC 9112 section 8). */
public final class TruncatedResponseException extends ConnectionLostException {
  private static final long serialVersionUID = 1L;

  /**
   * Describes the failure.
   *
   * @param detail whose exchange failed
   * @param what what happened and what to change
   * @param cause what was caught, if anything
   */
  public TruncatedResponseException(FailureDetail detail, String what, @Nullable Throwable cause) {
    super(detail, what, cause);
  }

  @Override
  public FailureKind kind() {
    return FailureKind.TRUNCATED_RESPONSE;
  }
}
