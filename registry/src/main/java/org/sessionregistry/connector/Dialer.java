package org.sessionregistry.connector;

import org.jspecify.annotations.Nullable;

/** Opens connections; the transport implements it. Thread-safe, nothing blocks. */
public interface Dialer {
  /**
   * Begins to open a connection. A failure must not be told before this returns: the pool would
   * dial for the next waiter from within, and so on.
   *
   * @param route where to
   * @param listener hears what becomes of it, on any thread
   */
  Dial dial(Route route, Listener listener);

  /** An attempt to open a connection. */
  interface Dial {
    /** Gives the attempt up; the listener still hears, once no socket is left. */
    void abort();

    /** The time spent so far. */
    Timing timing();
  }

  /**
   * How long the steps took so far; zero for those not begun.
   *
   * @param dnsNanos resolving the name
   * @param connectNanos opening the TCP connection
   * @param tlsNanos the TLS handshake
   */
  record Timing(long dnsNanos, long connectNanos, long tlsNanos) {
    /** No time. */
    public static final Timing NONE = new Timing(0, 0, 0);
  }

  /** Hears what becomes of a dial: opened and later closed, or failed; each at most once. */
  interface Listener {
    /**
     * The connection is ready.
     *
     * @param capacity how many exchanges it may serve at once, at least 1
     */
    void opened(Connection connection, int capacity);

    /**
     * The connection may serve another number of exchanges at once from now on; those it has go on.
     *
     * @param capacity how many; 0 when it takes no more, because its peer goes away or should not
     *     be asked any more: then it is closed once those it has are over
     */
    void capacity(int capacity);

    /** There is no connection and no socket. */
    void failed(DialFailure failure);

    /** The connection that was opened is closed, its socket gone. */
    void closed();
  }

  /**
   * Why no connection could be opened.
   *
   * @param kind what happened
   * @param message in words
   * @param cause what was caught, if anything
   */
  record DialFailure(Kind kind, String message, @Nullable Throwable cause) {
    /** What can happen while dialling. */
    public enum Kind {
      /** The name has no address. */
      HOST_NOT_FOUND,
      /** {@code timeout.dns}. */
      DNS_TIMEOUT,
      /** Refused, unreachable, reset. */
      CONNECT_FAILED,
      /** {@code timeout.connect}. */
      CONNECT_TIMEOUT,
      /** The session's egress rules forbid it. */
      EGRESS_DENIED,
      /** The proxy wants credentials, or other ones. */
      PROXY_AUTHENTICATION,
      /** The proxy does not open the way. */
      PROXY_CONNECT,
      /** The handshake was broken off without a reason. */
      TLS_FAILED,
      /** Nobody who is trusted vouches for the server's certificate. */
      TLS_UNTRUSTED,
      /** A certificate of the server has expired or is not valid yet. */
      TLS_EXPIRED,
      /** The server's certificate names other hosts. */
      TLS_WRONG_HOST,
      /** None of the pinned keys is the server's. */
      TLS_PIN_MISMATCH,
      /** No protocol version or cipher suite in common. */
      TLS_NEGOTIATION,
      /** The server refuses the client's certificate, or misses one. */
      TLS_CLIENT_CERTIFICATE,
      /** The session's own files or settings cannot be used. */
      TLS_CONFIGURATION,
      /** {@code timeout.tls-handshake}. */
      TLS_TIMEOUT,
      /** The pool gave it up. */
      ABORTED
    }
  }
}
