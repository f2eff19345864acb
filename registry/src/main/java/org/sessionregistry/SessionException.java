package org.sessionregistry;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What can go wrong with an exchange. Each kind is a type of its own; the message says what
 * happened, to which session and URI, after how long, with the numbers that matter, and what to
 * change.
 */
public abstract sealed class SessionException extends IOException
    permits ConnectionFailedException,
        ConnectionLostException,
        HostNotFoundException,
        InvalidResponseException,
        QueueFullException,
        RequestBodyException,
        ResponseClosedException,
        ResponseTooLargeException,
        SessionClosedException,
        SessionTimeoutException,
        TlsFailedException {
  private static final long serialVersionUID = 1L;

  /** Not part of the serial form: it is for the program that sent the request. */
  private final transient FailureDetail detail;

  SessionException(FailureDetail detail, String what, @Nullable Throwable cause) {
    super(detail + ": " + what, cause);
    this.detail = detail;
  }

  /**
   * Whose exchange failed, where, after how long.
   *
   * @return the detail
   */
  public FailureDetail detail() {
    return detail;
  }
}
