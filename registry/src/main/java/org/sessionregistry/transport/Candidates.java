package org.sessionregistry.transport;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.List;

/**
 * What may be connected to on one way: the Unix socket, or the addresses that were found, in the
 * order in which to try them and without those that the source address cannot reach. None of them
 * may be left, and then nobody wins the race. Confined to the event loop.
 *
 * @param context the session's
 * @param way where to
 * @param found addresses in any order
 */
record Candidates(DialContext context, Way way, List<InetAddress> found) {

  /** A race of all, which has not begun. */
  ConnectRace<DialedSocket> race(
      SocketOpening opening, ConnectRace.Listener<DialedSocket> listener) {
    Path path = context.unixSocket().orElse(null);
    return path == null
        ? race(opening, new TcpConnector(opening, context.source()), reachable(), listener)
        : race(
            opening,
            new UnixConnector(opening, context.scheduler()),
            List.of(UnixDomainSocketAddress.of(path)),
            listener);
  }

  private List<InetSocketAddress> reachable() {
    List<InetSocketAddress> all = context.names().inOrder(found, way.port());
    return context.source().map(source -> source.reachable(all)).orElse(all);
  }

  private ConnectRace<DialedSocket> race(
      SocketOpening opening,
      ConnectRace.Connector<DialedSocket> connector,
      List<? extends SocketAddress> candidates,
      ConnectRace.Listener<DialedSocket> listener) {
    return new ConnectRace<>(
        connector,
        candidates,
        context.failing(),
        new ConnectRace.Terms(context.dns().raceDelay(), context.timeout().connect()),
        context.scheduler(),
        opening.onLoop(),
        listener);
  }
}
