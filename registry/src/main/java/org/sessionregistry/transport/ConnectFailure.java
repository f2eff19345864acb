package org.sessionregistry.transport;

import java.net.InetAddress;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.sessionregistry.connector.Dialer.DialFailure;
import org.sessionregistry.connector.Dialer.DialFailure.Kind;

/**
 * Says why no socket could be connected: what was tried, what came of it, and which setting had a
 * part in it. Immutable, for any thread.
 *
 * @param way where the connection was to lead, and how
 * @param source the session's source address
 * @param unixSocket what is connected to instead of host and port
 */
record ConnectFailure(Way way, Optional<SourceAddress> source, Optional<Path> unixSocket) {

  /** Every address was tried. */
  DialFailure of(Map<SocketAddress, Throwable> reasons) {
    boolean nothingBound =
        !reasons.isEmpty()
            && reasons.values().stream().allMatch(SourceAddress.BindException.class::isInstance);
    return new DialFailure(
        Kind.CONNECT_FAILED,
        "cannot connect to "
            + target()
            + from()
            + ": "
            + (nothingBound
                ? Reasons.innermost(reasons.values().iterator().next())
                    + "; it must be an address of this machine"
                : Reasons.list(reasons)),
        Reasons.together(reasons));
  }

  /** Time was up. */
  DialFailure late(Map<SocketAddress, Throwable> reasons) {
    return new DialFailure(
        Kind.CONNECT_TIMEOUT,
        (unixSocket.isPresent() ? target() : "no address of " + way.subject())
            + (unixSocket.isPresent() ? " did not accept" : " accepted")
            + " a connection"
            + from()
            + " ("
            + Reasons.list(reasons)
            + ")",
        Reasons.together(reasons));
  }

  /** The host has addresses, but none that the source address could reach. */
  DialFailure otherFamily(List<InetAddress> addresses) {
    return new DialFailure(
        Kind.CONNECT_FAILED,
        "cannot connect to "
            + target()
            + from()
            + ": "
            + way.whose()
            + " has no "
            + source.map(SourceAddress::family).orElse("")
            + " address ("
            + addresses.stream().map(InetAddress::getHostAddress).collect(Collectors.joining(", "))
            + ")",
        null);
  }

  private String target() {
    return unixSocket
        .map(path -> "unix-socket " + path + " for " + way.route().origin())
        .orElseGet(way::toString);
  }

  private String from() {
    return source.map(address -> " from " + address).orElse("");
  }
}
