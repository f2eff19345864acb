package org.sessionregistry.cdi.telemetry;

import java.net.URI;
import java.util.Locale;

/**
 * Where a request goes, as attributes name it.
 *
 * @param scheme {@code http} or {@code https}
 * @param address the host, an IPv6 address without its brackets
 * @param port the port, also where the URI leaves it out
 */
record Endpoint(String scheme, String address, long port) {
  static Endpoint of(URI uri) {
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    String host = uri.getHost() == null ? "" : uri.getHost();
    String address = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    long port = uri.getPort() >= 0 ? uri.getPort() : scheme.equals("https") ? 443 : 80;
    return new Endpoint(scheme, address, port);
  }
}
