package org.sessionregistry.transport;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.connector.Route;
import org.sessionregistry.egress.ProxyServer;
import org.sessionregistry.settings.HttpVersionPreference;

/**
 * How a connection gets to the server of its route: directly, or through a proxy. Immutable, for
 * any thread.
 *
 * @param route where it leads in the end
 * @param proxy what the socket is connected to instead, if anything
 * @param version what will be spoken with the server
 */
record Way(Route route, Optional<ProxyServer> proxy, HttpVersionPreference version) {

  static Way of(DialContext context, Route route) {
    return new Way(
        route,
        context.proxies().of(route.secure(), route.host(), route.port()),
        context.httpVersion());
  }

  /** Whose addresses the socket is connected to. */
  String host() {
    return proxy.map(ProxyServer::host).orElse(route.host());
  }

  /** The port that the socket is connected to. */
  int port() {
    return proxy.map(ProxyServer::port).orElse(route.port());
  }

  /**
   * Whether the proxy has to make a tunnel: for all but plain HTTP/1.1 requests through an HTTP
   * one.
   */
  boolean tunnels() {
    return proxy
        .filter(server -> server.kind() == ProxyServer.Kind.SOCKS5 || !forwards())
        .isPresent();
  }

  /** Whether an HTTP proxy is asked for the server's resources itself (RFC 9112 section 3.2.2). */
  private boolean forwards() {
    return !route.secure() && !route.isWebSocket() && version != HttpVersionPreference.HTTP_2;
  }

  /**
   * How requests are written for a proxy that forwards them; null when they are written as usual.
   */
  @Nullable Forwarding forwarding() {
    return proxy
        .filter(server -> !tunnels())
        .map(server -> new Forwarding(server, route.origin()))
        .orElse(null);
  }

  /** Whether TLS is spoken with anybody on the way. */
  boolean needsTls() {
    return route.secure() || proxy.filter(ProxyServer::secure).isPresent();
  }

  /** The proxy, when TLS is spoken with it, as a route of its own: for its name and port. */
  Optional<Route> secureProxy() {
    return proxy
        .filter(ProxyServer::secure)
        .map(server -> new Route("https", server.host(), server.port()));
  }

  /** For messages: whose host it is. */
  String hostText() {
    return (proxy.isPresent() ? "the proxy's host '" : "the host '") + host() + "'";
  }

  /** For messages: whose addresses they are. */
  String subject() {
    return proxy.map(server -> "the proxy " + server).orElse("'" + route.host() + "'");
  }

  /** For messages: who it is about. */
  String whose() {
    return proxy.isPresent() ? "the proxy" : "the host";
  }

  /** For messages: what was to be connected. */
  @Override
  public String toString() {
    return proxy
        .map(server -> "the proxy " + server + " for " + route.origin())
        .orElse(route.authority());
  }
}
