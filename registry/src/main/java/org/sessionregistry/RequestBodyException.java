package org.sessionregistry;

import org.jspecify.annotations.Nullable;

/** The request's own body failed, or had another length than it promised. */
public final class RequestBodyException extends SessionException {
  private static final long serialVersionUID = 1L;

  /**
   * Describes the failure.
   *
   * @param detail whose exchange failed
   * @param what what happened and what to change
   * @param cause what was caught, if anything
   */
  public RequestBodyException(FailureDetail detail, String what, @Nullable Throwable cause) {
    super(detail, what, cause);
  }

  @Override
  public FailureKind kind() {
    return FailureKind.REQUEST_BODY;
  }
}
