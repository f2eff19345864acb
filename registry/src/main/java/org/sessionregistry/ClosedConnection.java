package org.sessionregistry;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * A connection that is no more, as a listener hears of it.
 *
 * @param session the session whose settings it was opened with; others that share the pool may have
 *     used it too
 * @param scheme {@code http} or {@code https}, also if it became a WebSocket
 * @param host the host that it led to, as it was named, an IPv6 address without its brackets
 * @param port the port of that host
 * @param peer the address at the other end, which is the proxy's if there is one; empty for a Unix
 *     domain socket
 * @param version HTTP/2, or HTTP/1.1 for all that is older
 * @param age from when it was ready for its first request until it was closed
 */
public record ClosedConnection(
    String session,
    String scheme,
    String host,
    int port,
    Optional<InetSocketAddress> peer,
    HttpVersion version,
    Duration age) {}
