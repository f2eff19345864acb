package org.sessionregistry;

import org.jspecify.annotations.Nullable;

/**
 * The body of the response came, but is not what it was to be read as. The exchange itself
 * succeeded and is counted so.
 */
public final class ResponseBodyException extends SessionException {
  private static final long serialVersionUID = 1L;

  /**
   * Describes the failure.
   *
   * @param detail whose exchange it was
   * @param what what the body was to be, its content type and how it begins
   * @param cause what was caught, if anything
   */
  public ResponseBodyException(FailureDetail detail, String what, @Nullable Throwable cause) {
    super(detail, what, cause);
  }

  @Override
  public FailureKind kind() {
    return FailureKind.RESPONSE_BODY;
  }
}
