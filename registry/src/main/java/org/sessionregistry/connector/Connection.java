package org.sessionregistry.connector;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * One connection to a peer, as the transport gives it. It serves one exchange at a time, or several
 * side by side when it {@linkplain #multiplexes() multiplexes}. Any thread may call it; nothing
 * blocks.
 */
public interface Connection {
  /**
   * Whether exchanges share the connection (HTTP/2), so that one of them can end badly while the
   * others go on. Always the same answer.
   */
  boolean multiplexes();

  /** The address at the other end; null if it has none that tells anything. */
  default @Nullable InetSocketAddress peer() {
    return null;
  }

  /**
   * Sends a request and reports what comes back. Called only by the holder of a lease, once for
   * each lease.
   */
  void exchange(OutgoingRequest request, ExchangeEvents events);

  /**
   * Reads on after {@link ExchangeEvents#data} asked to stop. Does nothing when that exchange has
   * ended.
   */
  void resume(ExchangeEvents exchange);

  /**
   * The reader of an exchange is gone. What remains of the body is thrown away if it is small and
   * already here, so that the exchange still ends well; otherwise the connection is closed and the
   * exchange fails. Does nothing when that exchange has ended.
   */
  void discard(ExchangeEvents exchange);

  /**
   * Gives an exchange up, which fails unless it has ended: its stream is reset, or the connection
   * closed where it has no streams. Does nothing to an exchange that has not begun.
   */
  void cancel(ExchangeEvents exchange);

  /** Closes the connection; exchanges that are not over fail. */
  void close();
}
