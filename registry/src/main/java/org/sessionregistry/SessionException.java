package org.sessionregistry;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What can go wrong with an exchange. Each kind is a type of its own; the message says what
 * happened, to which session and URI, after how long, with the numbers that matter, and what to
 * change.
 */
public abstract sealed class SessionException extends IOException
    permits ConnectionFailedException,
        ConnectionLostException,
        EgressDeniedException,
        CredentialsException,
        HostNotFoundException,
        HttpStatusException,
        InterceptorException,
        InvalidResponseException,
        ListenerFailedException,
        ProxyAuthenticationException,
        ProxyConnectException,
        QueueFullException,
        RedirectException,
        RequestBodyException,
        ResponseBodyException,
        ResponseClosedException,
        ResponseTooLargeException,
        SessionClosedException,
        SessionTimeoutException,
        TlsFailedException,
        WebSocketException {
  private static final long serialVersionUID = 1L;

  /** Not part of the serial form: it is for the program that sent the request. */
  private final transient FailureDetail detail;

  /** Not part of the serial form either. */
  private final transient @Nullable PoolStatistics pool;

  SessionException(FailureDetail detail, String what, @Nullable Throwable cause) {
    super(detail + ": " + what, cause);
    this.detail = detail;
    this.pool = detail.pool().orElse(null);
  }

  /**
   * Whose exchange failed, where, after how long.
   *
   * @return the detail
   */
  public FailureDetail detail() {
    return detail;
  }

  /**
   * What went wrong, as statistics count it.
   *
   * @return the kind that belongs to this type
   */
  public abstract FailureKind kind();

  /**
   * The pool at the moment of the failure: its limit, who uses it and who waits.
   *
   * @return a snapshot if the exchange failed before it had a connection, otherwise empty; empty
   *     too when the exception comes from another JVM
   */
  public Optional<PoolStatistics> pool() {
    return Optional.ofNullable(pool);
  }
}
