package org.sessionregistry;

/**
 * The session's egress rules ({@code egress.allow}, {@code egress.deny}) do not let a connection
 * lead there; nothing was sent.
 */
public final class EgressDeniedException extends SessionException {
  private static final long serialVersionUID = 1L;

  /**
   * Describes the failure.
   *
   * @param detail whose exchange failed
   * @param what what happened and what to change
   */
  public EgressDeniedException(FailureDetail detail, String what) {
    super(detail, what, null);
  }

  @Override
  public FailureKind kind() {
    return FailureKind.EGRESS_DENIED;
  }
}
