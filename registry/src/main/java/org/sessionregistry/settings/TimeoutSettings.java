package org.sessionregistry.settings;

import java.time.Duration;

/**
 * How long each part of an exchange may take. Zero means no limit. Each has its own exception, so
 * that "pool full" never looks like "host down".
 *
 * @param total the whole exchange
 * @param attempt one attempt of it
 * @param queue waiting for a connection of the pool
 * @param dns resolving the host's name
 * @param connect one TCP connect, all addresses of the host together
 * @param tlsHandshake the TLS handshake
 * @param write no progress while sending
 * @param response from request written to response headers received
 * @param read between two reads of the body while the reader wants more
 */
public record TimeoutSettings(
    @Setting("Whole exchange: queue, connect, retries and body; 0 none.") Duration total,
    @Setting("One attempt of the exchange; 0 none.") Duration attempt,
    @Setting(
            "Waiting for a connection of the pool; never mixed with connecting, so that \"pool"
                + " full\" does not look like \"host down\"; 0 none.")
        Duration queue,
    @Setting("Resolving the host's name; 0 none.") Duration dns,
    @Setting(
            "One TCP connect, all addresses of the host together; with a proxy until it has opened"
                + " the way, too; 0 none.")
        Duration connect,
    @Setting("The TLS handshake; 0 none.") Duration tlsHandshake,
    @Setting("No progress while the request is sent; 0 none.") Duration write,
    @Setting("From request written to response headers received; 0 none.") Duration response,
    @Setting("Between two reads of the body while the reader wants more; 0 none.") Duration read) {

  /** The defaults: five minutes in total, 5 s to resolve, 30 s to connect, 10 s for TLS. */
  public static final TimeoutSettings DEFAULTS =
      new TimeoutSettings(
          Duration.ofMinutes(5),
          Duration.ZERO,
          Duration.ZERO,
          Duration.ofSeconds(5),
          Duration.ofSeconds(30),
          Duration.ofSeconds(10),
          Duration.ZERO,
          Duration.ZERO,
          Duration.ZERO);

  /** Refuses negative durations and those above a year. */
  public TimeoutSettings {
    Check.duration("timeout.total", total);
    Check.duration("timeout.attempt", attempt);
    Check.duration("timeout.queue", queue);
    Check.duration("timeout.dns", dns);
    Check.duration("timeout.connect", connect);
    Check.duration("timeout.tls-handshake", tlsHandshake);
    Check.duration("timeout.write", write);
    Check.duration("timeout.response", response);
    Check.duration("timeout.read", read);
  }

  /**
   * A copy with another limit for the whole exchange.
   *
   * @param value the limit, zero for none
   * @return the copy
   */
  public TimeoutSettings withTotal(Duration value) {
    return new TimeoutSettings(
        value, attempt, queue, dns, connect, tlsHandshake, write, response, read);
  }

  /**
   * A copy with another limit for one attempt.
   *
   * @param value the limit, zero for none
   * @return the copy
   */
  public TimeoutSettings withAttempt(Duration value) {
    return new TimeoutSettings(
        total, value, queue, dns, connect, tlsHandshake, write, response, read);
  }

  /**
   * A copy with another limit for waiting in the queue.
   *
   * @param value the limit, zero for none
   * @return the copy
   */
  public TimeoutSettings withQueue(Duration value) {
    return new TimeoutSettings(
        total, attempt, value, dns, connect, tlsHandshake, write, response, read);
  }

  /**
   * A copy with another limit for resolving the host's name.
   *
   * @param value the limit, zero for none
   * @return the copy
   */
  public TimeoutSettings withDns(Duration value) {
    return new TimeoutSettings(
        total, attempt, queue, value, connect, tlsHandshake, write, response, read);
  }

  /**
   * A copy with another limit for connecting.
   *
   * @param value the limit, zero for none
   * @return the copy
   */
  public TimeoutSettings withConnect(Duration value) {
    return new TimeoutSettings(
        total, attempt, queue, dns, value, tlsHandshake, write, response, read);
  }

  /**
   * A copy with another limit for the TLS handshake.
   *
   * @param value the limit, zero for none
   * @return the copy
   */
  public TimeoutSettings withTlsHandshake(Duration value) {
    return new TimeoutSettings(total, attempt, queue, dns, connect, value, write, response, read);
  }

  /**
   * A copy with another limit for sending without progress.
   *
   * @param value the limit, zero for none
   * @return the copy
   */
  public TimeoutSettings withWrite(Duration value) {
    return new TimeoutSettings(
        total, attempt, queue, dns, connect, tlsHandshake, value, response, read);
  }

  /**
   * A copy with another limit for the response's headers.
   *
   * @param value the limit, zero for none
   * @return the copy
   */
  public TimeoutSettings withResponse(Duration value) {
    return new TimeoutSettings(
        total, attempt, queue, dns, connect, tlsHandshake, write, value, read);
  }

  /**
   * A copy with another limit between two reads of the body.
   *
   * @param value the limit, zero for none
   * @return the copy
   */
  public TimeoutSettings withRead(Duration value) {
    return new TimeoutSettings(
        total, attempt, queue, dns, connect, tlsHandshake, write, response, value);
  }
}
