package org.sessionregistry;

/** A time limit was reached; each limit has its own type. */
public abstract sealed class SessionTimeoutException extends SessionException
    permits AttemptTimeoutException,
        ConnectTimeoutException,
        DnsTimeoutException,
        QueueTimeoutException,
        ReadTimeoutException,
        ResponseTimeoutException,
        TlsHandshakeTimeoutException,
        TotalTimeoutException,
        WriteTimeoutException {
  private static final long serialVersionUID = 1L;

  SessionTimeoutException(FailureDetail detail, String what) {
    super(detail, what + " (" + detail.phases() + ")", null);
  }
}
