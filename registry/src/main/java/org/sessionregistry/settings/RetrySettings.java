package org.sessionregistry.settings;

/**
 * When a request is sent again.
 *
 * @param staleConnection whether a request is sent once more, on a fresh connection, when a reused
 *     one died before any byte of a response
 */
public record RetrySettings(
    @Setting(
            "Send a request once more, on a fresh connection, when a reused one died before any"
                + " byte of a response; only if nothing was written yet, or the method is"
                + " idempotent and the body can be sent again (RFC 9110 section 9.2.2).")
        boolean staleConnection) {

  /** The default: stale connections are replaced. */
  public static final RetrySettings DEFAULTS = new RetrySettings(true);

  /**
   * A copy that replaces stale connections or does not.
   *
   * @param value whether it does
   * @return the copy
   */
  public RetrySettings withStaleConnection(boolean value) {
    return new RetrySettings(value);
  }
}
