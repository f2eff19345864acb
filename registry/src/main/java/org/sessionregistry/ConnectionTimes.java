package org.sessionregistry;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * How a connection came about, and where it leads.
 *
 * @param reused whether it was there already; then the times are zero
 * @param dns resolving the name
 * @param connect opening the TCP connection, the proxy's tunnel included
 * @param tls the TLS handshake
 * @param peer the address at the other end, which is the proxy's if there is one; empty for a Unix
 *     domain socket
 */
public record ConnectionTimes(
    boolean reused,
    Duration dns,
    Duration connect,
    Duration tls,
    Optional<InetSocketAddress> peer) {}
