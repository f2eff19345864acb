package org.sessionregistry;

import java.time.Duration;

/**
 * How a connection came about.
 *
 * @param reused whether it was there already; then the times are zero
 * @param dns resolving the name
 * @param connect opening the TCP connection, the proxy's tunnel included
 * @param tls the TLS handshake
 */
public record ConnectionTimes(boolean reused, Duration dns, Duration connect, Duration tls) {}
