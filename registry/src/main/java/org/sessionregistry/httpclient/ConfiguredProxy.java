package org.sessionregistry.httpclient;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.sessionregistry.settings.HostPattern;
import org.sessionregistry.settings.ProxySettings;

/**
 * Says which proxy the session uses, for those who ask; what they do with it changes nothing. A
 * name that is excluded by its address is not looked up. Immutable.
 */
final class ConfiguredProxy extends ProxySelector {
  private final Proxy proxy;
  private final List<HostPattern> exclude;

  private ConfiguredProxy(Proxy proxy, List<HostPattern> exclude) {
    this.proxy = proxy;
    this.exclude = exclude;
  }

  static Optional<ProxySelector> of(ProxySettings settings) {
    return settings
        .url()
        .map(
            url ->
                new ConfiguredProxy(
                    proxy(url),
                    settings.exclude().stream()
                        .flatMap(entry -> HostPattern.parse(entry).stream())
                        .toList()));
  }

  private static Proxy proxy(URI url) {
    String scheme = url.getScheme().toLowerCase(Locale.ROOT);
    boolean socks = scheme.startsWith("socks");
    int usual = socks ? 1080 : scheme.equals("https") ? 443 : 80;
    return new Proxy(
        socks ? Proxy.Type.SOCKS : Proxy.Type.HTTP,
        InetSocketAddress.createUnresolved(
            url.getHost(), url.getPort() < 0 ? usual : url.getPort()));
  }

  @Override
  public List<Proxy> select(URI uri) {
    String host = uri.getHost();
    if (host == null) {
      throw new IllegalArgumentException("no host in the URI");
    }
    int port =
        uri.getPort() >= 0 ? uri.getPort() : "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
    boolean direct = exclude.stream().anyMatch(pattern -> pattern.matches(host, port));
    return List.of(direct ? Proxy.NO_PROXY : proxy);
  }

  /** The session sees for itself what fails. */
  @Override
  public void connectFailed(URI uri, SocketAddress address, IOException failure) {}
}
