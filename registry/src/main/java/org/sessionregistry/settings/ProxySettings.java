package org.sessionregistry.settings;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The proxy that a session's connections go through. Its text form shows no value of a header and
 * no password.
 *
 * @param url where the proxy is and what it speaks
 * @param username who the session is to the proxy
 * @param password the password of that user
 * @param headers sent to the proxy only
 * @param exclude hosts that are connected to directly
 * @param fromEnvironment whether the JVM's and the environment's proxy settings are used
 */
public record ProxySettings(
    @Setting(
            "Proxy for all connections: http://, https:// or socks5://, host and port (by default"
                + " 80, 443, 1080). https URLs, and HTTP/2 without TLS, are tunnelled (CONNECT);"
                + " names are resolved by the proxy.")
        Optional<URI> url,
    @Setting("User name for the proxy: Basic authentication, or RFC 1929 with socks5.")
        Optional<String> username,
    @Setting(value = "Password for the proxy.", secret = true) Optional<Secret> password,
    @Setting("proxy.headers.<Name>: sent to an http or https proxy, never to a server behind it.")
        Map<String, String> headers,
    @Setting(
            "Hosts that are connected to directly, comma separated: name, *.domain, .domain,"
                + " address, block such as 10.0.0.0/8, localhost or * for all; :port at will."
                + " Addresses and blocks are for URLs with an address: no name is looked up.")
        List<String> exclude,
    @Setting(
            "Use the JVM's proxy settings (https.proxyHost, http.proxyHost, http.nonProxyHosts,"
                + " socksProxyHost) or else the environment's (https_proxy, http_proxy, all_proxy,"
                + " no_proxy), as they are when the session is opened.")
        boolean fromEnvironment) {

  /** The default: no proxy. */
  public static final ProxySettings DEFAULTS =
      new ProxySettings(
          Optional.empty(), Optional.empty(), Optional.empty(), Map.of(), List.of(), false);

  /** Refuses what contradicts itself. */
  public ProxySettings {
    headers = Entries.copyOf(headers);
    exclude = List.copyOf(exclude);
    url.ifPresent(ProxyRules::url);
    Check.hosts("proxy.exclude", exclude);
    ProxyRules.headers(headers);
    ProxyRules.credentials(url, username, password, headers, fromEnvironment);
  }

  /**
   * A copy with another proxy.
   *
   * @param value {@code http://}, {@code https://} or {@code socks5://} with host and port
   * @return the copy
   */
  public ProxySettings withUrl(URI value) {
    return new ProxySettings(
        Optional.of(value), username, password, headers, exclude, fromEnvironment);
  }

  /**
   * A copy that tells the proxy who it is.
   *
   * @param name the user's name
   * @param secret the user's password
   * @return the copy
   */
  public ProxySettings withCredentials(String name, String secret) {
    return new ProxySettings(
        url, Optional.of(name), Optional.of(new Secret(secret)), headers, exclude, fromEnvironment);
  }

  /**
   * A copy that sends the proxy one more header.
   *
   * @param name the field name
   * @param value the field value
   * @return the copy
   */
  public ProxySettings withHeader(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.keySet().removeIf(name::equalsIgnoreCase);
    more.put(name, value);
    return new ProxySettings(url, username, password, more, exclude, fromEnvironment);
  }

  /**
   * A copy that connects to these hosts directly.
   *
   * @param value entries as {@link HostPattern} describes them
   * @return the copy
   */
  public ProxySettings withExclude(List<String> value) {
    return new ProxySettings(url, username, password, headers, value, fromEnvironment);
  }

  /**
   * A copy that uses the JVM's and the environment's proxy settings or does not.
   *
   * @param value whether it does
   * @return the copy
   */
  public ProxySettings withFromEnvironment(boolean value) {
    return new ProxySettings(url, username, password, headers, exclude, value);
  }

  @Override
  public String toString() {
    return "ProxySettings[url="
        + url.map(URI::toString).orElse("none")
        + ", username="
        + username.orElse("none")
        + ", password="
        + password.map(Secret::toString).orElse("none")
        + ", headers="
        + headers.keySet()
        + ", exclude="
        + exclude
        + ", fromEnvironment="
        + fromEnvironment
        + "]";
  }
}
