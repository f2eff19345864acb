package org.sessionregistry.settings;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The rules of {@link ProxySettings}, and of what cannot stand beside it. */
final class ProxyRules {
  private static final Set<String> SCHEMES = Set.of("http", "https", "socks5");

  /** RFC 1929 section 2. */
  private static final int LONGEST_OF_SOCKS = 255;

  private ProxyRules() {}

  static void url(URI url) {
    String expected = expectedOfUrl(url);
    if (!expected.isEmpty()) {
      // What stands before an '@' may be a password, however malformed: it is never repeated.
      throw new InvalidSettingException(
          "proxy.url", ReferenceText.masked(url.toString()), expected);
    }
  }

  private static String expectedOfUrl(URI url) {
    if (url.getScheme() == null || !SCHEMES.contains(scheme(url))) {
      return "a URL with http, https or socks5, for example http://proxy.example.com:3128";
    }
    if (url.getRawUserInfo() != null || url.toString().indexOf('@') >= 0) {
      return "a URL without user name and password; set proxy.username and proxy.password";
    }
    if (url.getHost() == null) {
      return "a URL with a host name of letters, digits, '-' and '.', for example"
          + " http://proxy.example.com:3128";
    }
    if (url.getPort() == 0 || url.getPort() > 65535) {
      return "a port from 1 to 65535";
    }
    boolean more = url.getRawPath().length() > 1;
    if (more || url.getRawQuery() != null || url.getRawFragment() != null) {
      return "a URL of scheme, host and port only, for example http://proxy.example.com:3128";
    }
    return "";
  }

  private static String scheme(URI url) {
    return url.getScheme().toLowerCase(Locale.ROOT);
  }

  static void headers(Map<String, String> headers) {
    headers.forEach(
        (name, value) -> {
          String key = "proxy.headers." + name;
          String shown = HeaderSyntax.isSensitive(name) ? Secret.MASK : visible(value);
          HeaderSyntax.problemWithName(name).ifPresent(expected -> fail(key, shown, expected));
          if (name.equalsIgnoreCase("Host")) {
            fail(key, shown, "another header: this one names the server that is asked for");
          }
          HeaderSyntax.problemWithValue(value).ifPresent(expected -> fail(key, shown, expected));
        });
  }

  static void credentials(
      Optional<URI> url,
      Optional<String> username,
      Optional<Secret> password,
      Map<String, String> headers,
      boolean fromEnvironment) {
    if (url.isPresent() && fromEnvironment) {
      fail(
          "proxy.from-environment", "true", "either proxy.from-environment or proxy.url, not both");
    }
    boolean socks = url.filter(proxy -> scheme(proxy).equals("socks5")).isPresent();
    username.ifPresent(name -> username(name, url.isPresent() || fromEnvironment, socks));
    password.ifPresent(secret -> password(secret, username.isPresent(), socks));
    for (String name : headers.keySet()) {
      String key = "proxy.headers." + name;
      if (url.isEmpty() && !fromEnvironment) {
        fail(key, Secret.MASK, "a proxy.url beside it, to which the header is sent");
      }
      if (socks) {
        fail(key, Secret.MASK, "no header, because a socks5 proxy takes none");
      }
      if (username.isPresent() && name.equalsIgnoreCase("Proxy-Authorization")) {
        fail(key, Secret.MASK, "either this header or proxy.username, not both");
      }
    }
  }

  private static void username(String name, boolean hasProxy, boolean socks) {
    if (!hasProxy) {
      fail("proxy.username", visible(name), "a proxy.url beside it, whose user this is");
    }
    if (name.isEmpty()
        || name.indexOf(':') >= 0
        || name.chars().anyMatch(Character::isISOControl)) {
      fail(
          "proxy.username",
          visible(name),
          "a name that is not empty, without ':' and control characters (RFC 7617 section 2)");
    }
    if (socks && tooLongForSocks(name)) {
      fail("proxy.username", name, "at most 255 bytes with socks5 (RFC 1929 section 2)");
    }
  }

  private static void password(Secret password, boolean hasUser, boolean socks) {
    if (!hasUser) {
      fail("proxy.password", Secret.MASK, "a proxy.username beside it");
    }
    if (password.value().chars().anyMatch(Character::isISOControl)) {
      fail(
          "proxy.password",
          Secret.MASK,
          "a password without control characters (RFC 7617 section 2)");
    }
    if (socks && tooLongForSocks(password.value())) {
      fail("proxy.password", Secret.MASK, "at most 255 bytes with socks5 (RFC 1929 section 2)");
    }
  }

  private static boolean tooLongForSocks(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length > LONGEST_OF_SOCKS;
  }

  /** A Unix domain socket has no address, and nothing leads around it. */
  static void unixSocket(Optional<Path> unixSocket, ProxySettings proxy, EgressSettings egress) {
    if (unixSocket.isEmpty()) {
      return;
    }
    if (proxy.url().isPresent()) {
      either("proxy.url", proxy.url().get().toString());
    }
    if (proxy.fromEnvironment()) {
      either("proxy.from-environment", "true");
    }
    if (!egress.allow().isEmpty()) {
      either("egress.allow", String.join(",", egress.allow()));
    }
    if (!egress.deny().isEmpty()) {
      either("egress.deny", String.join(",", egress.deny()));
    }
  }

  /** What is meant for the proxy must not be sent to servers. */
  static void credentialsInHeaders(Map<String, String> headers, ProxySettings proxy) {
    if (proxy.url().isPresent() || proxy.fromEnvironment()) {
      for (String name : headers.keySet()) {
        if (name.equalsIgnoreCase("Proxy-Authorization")) {
          fail(
              "headers." + name,
              Secret.MASK,
              "proxy.username or proxy.headers.Proxy-Authorization instead, because this header is"
                  + " sent to servers");
        }
      }
    }
  }

  private static void either(String key, String value) {
    fail(key, value, "either " + key + " or unix-socket, which has no address, not both");
  }

  private static void fail(String key, String shown, String expected) {
    throw new InvalidSettingException(key, shown, expected);
  }

  /** The value with its control characters made visible, so that a message stays on one line. */
  private static String visible(String value) {
    return value.replaceAll("\\p{Cntrl}", "?");
  }
}
