package org.sessionregistry.egress;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.sessionregistry.settings.Secret;

/**
 * A proxy and who the session is to it. The rule: its text form shows no credentials. Immutable,
 * for any thread.
 *
 * @param kind what it speaks
 * @param host its name or address in lower case, IPv6 addresses without brackets
 * @param port its port
 * @param username who the session is to it
 * @param password that user's password
 * @param headers sent to it only
 */
public record ProxyServer(
    Kind kind,
    String host,
    int port,
    Optional<String> username,
    Optional<Secret> password,
    Map<String, String> headers) {

  /** What a proxy speaks. */
  public enum Kind {
    /** HTTP/1.1. */
    HTTP(80),
    /** HTTP/1.1 over TLS. */
    HTTPS(443),
    /** SOCKS 5 (RFC 1928). */
    SOCKS5(1080);

    private final int defaultPort;

    Kind(int defaultPort) {
      this.defaultPort = defaultPort;
    }

    /** The port unless another is said. */
    int defaultPort() {
      return defaultPort;
    }

    /** By the scheme of a URL. */
    static Optional<Kind> of(String scheme) {
      return switch (scheme.toLowerCase(Locale.ROOT)) {
        case "http" -> Optional.of(HTTP);
        case "https" -> Optional.of(HTTPS);
        case "socks5", "socks5h" -> Optional.of(SOCKS5);
        default -> Optional.empty();
      };
    }
  }

  /** Normalises the host, and a port that is not said. */
  public ProxyServer {
    host = host.toLowerCase(Locale.ROOT);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    port = port < 0 ? kind.defaultPort() : port;
    headers = Map.copyOf(headers);
  }

  /** Whether TLS is spoken with the proxy itself. */
  public boolean secure() {
    return kind == Kind.HTTPS;
  }

  /**
   * The header fields that only the proxy gets: credentials (RFC 7617, in UTF-8), then what is
   * configured.
   *
   * @return name, value, name, value, …
   */
  public List<String> fields() {
    List<String> fields = new ArrayList<>();
    username.ifPresent(
        name -> {
          String pair = name + ":" + password.map(Secret::value).orElse("");
          fields.add("Proxy-Authorization");
          fields.add(
              "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
        });
    headers.forEach(
        (name, value) -> {
          fields.add(name);
          fields.add(value);
        });
    return fields;
  }

  /** As it is called in messages: its URL, without credentials. */
  @Override
  public String toString() {
    return kind.name().toLowerCase(Locale.ROOT)
        + "://"
        + (host.indexOf(':') >= 0 ? "[" + host + "]" : host)
        + ":"
        + port;
  }
}
