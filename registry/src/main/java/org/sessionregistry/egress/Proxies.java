package org.sessionregistry.egress;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.sessionregistry.settings.HostPattern;
import org.sessionregistry.settings.ProxySettings;

/**
 * Which proxy a session uses for which host; each redirect asks anew. Immutable, for any thread.
 *
 * @param http for http URLs
 * @param https for https URLs
 */
public record Proxies(Optional<Choice> http, Optional<Choice> https) {
  /** No proxy for anybody. */
  public static final Proxies NONE = new Proxies(Optional.empty(), Optional.empty());

  /**
   * A proxy and those who do without.
   *
   * @param server the proxy
   * @param exclude hosts that are connected to directly
   */
  public record Choice(ProxyServer server, List<HostPattern> exclude) {
    boolean isFor(String host, int port) {
      return exclude.stream().noneMatch(pattern -> pattern.matches(host, port))
          && Addresses.literal(host)
              .map(at -> exclude.stream().noneMatch(pattern -> pattern.matches(at, port)))
              .orElse(true);
    }
  }

  /**
   * What settings say.
   *
   * @param settings a session's
   * @param environment read now, if the settings say so
   * @throws org.sessionregistry.settings.InvalidSettingException if what is there cannot be used
   */
  public static Proxies of(ProxySettings settings, ProxyEnvironment environment) {
    if (settings.fromEnvironment()) {
      return new EnvironmentProxies(settings, environment).read();
    }
    return settings.url().map(url -> configured(settings, url)).orElse(NONE);
  }

  private static Proxies configured(ProxySettings settings, URI url) {
    ProxyServer server =
        new ProxyServer(
            ProxyServer.Kind.of(url.getScheme()).orElseThrow(),
            url.getHost(),
            url.getPort(),
            settings.username(),
            settings.password(),
            settings.headers());
    Optional<Choice> choice = Optional.of(new Choice(server, patterns(settings.exclude())));
    return new Proxies(choice, choice);
  }

  /** Entries that were checked before. */
  static List<HostPattern> patterns(List<String> entries) {
    return entries.stream().flatMap(entry -> HostPattern.parse(entry).stream()).toList();
  }

  /**
   * The proxy for a host.
   *
   * @param secure whether the URL is https
   * @param host its host
   * @param port its port
   * @return the proxy, or empty when it is connected to directly
   */
  public Optional<ProxyServer> of(boolean secure, String host, int port) {
    return (secure ? https : http).filter(choice -> choice.isFor(host, port)).map(Choice::server);
  }
}
