package org.sessionregistry.settings;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The rules of {@link SessionSettings} that take more than a line. */
final class SessionRules {
  private static final int MAX_COOKIE = 4096;

  private SessionRules() {}

  static void baseUrl(URI url) {
    String expected = expectedOfBaseUrl(url);
    if (!expected.isEmpty()) {
      // What stands before an '@' may be a password, however malformed: it is never repeated.
      String shown = ReferenceText.masked(url.toString());
      throw new InvalidSettingException("base-url", shown, expected);
    }
  }

  private static String expectedOfBaseUrl(URI url) {
    String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      return "an absolute http or https URL, for example https://api.example.com/";
    }
    if (url.getHost() == null) {
      return "a URL with a host name of letters, digits, '-' and '.', for example"
          + " https://api.example.com/";
    }
    if (url.getRawUserInfo() != null) {
      return "a URL without user name and password; send credentials in a header";
    }
    if (url.getRawQuery() != null || url.getRawFragment() != null) {
      return "a URL without query and fragment; use query.<name> for parameters";
    }
    if (url.getPort() == 0 || url.getPort() > 65535) {
      return "a port from 1 to 65535";
    }
    return "";
  }

  static void headers(Map<String, String> headers) {
    headers.forEach(
        (name, value) -> {
          String key = "headers." + name;
          String shown = HeaderSyntax.isSensitive(name) ? Secret.MASK : visible(value);
          HeaderSyntax.problemWithName(name).ifPresent(p -> fail(key, shown, p));
          HeaderSyntax.problemWithValue(value).ifPresent(p -> fail(key, shown, p));
        });
  }

  static void headersAnywhere(List<String> names, Map<String, String> headers) {
    for (String name : names) {
      if (headers.keySet().stream().noneMatch(name::equalsIgnoreCase)) {
        fail("headers-anywhere", name, "names of headers that headers.<Name> sets");
      }
    }
  }

  static void userAgent(String value) {
    HeaderSyntax.problemWithValue(value).ifPresent(p -> fail("user-agent", visible(value), p));
  }

  static void cookies(
      Map<String, String> cookies, Optional<URI> baseUrl, CookieJarSettings cookieJar) {
    cookies.forEach(
        (name, value) -> {
          String key = "cookies." + name;
          if (!HeaderSyntax.isToken(name)) {
            fail(key, Secret.MASK, "a cookie name that is a token (RFC 6265 section 4.1.1)");
          }
          if (!value.chars().allMatch(SessionRules::isCookieOctet)) {
            fail(
                key,
                Secret.MASK,
                "a cookie value without spaces, quotes, commas, semicolons, backslashes and control"
                    + " characters (RFC 6265 section 4.1.1)");
          }
          if (name.length() + value.length() > MAX_COOKIE) {
            fail(key, Secret.MASK, "a name and a value of at most 4096 characters together");
          }
          if (baseUrl.isEmpty()) {
            fail(key, Secret.MASK, "a base-url beside it, whose host the cookie is for");
          }
          boolean prefixed =
              name.regionMatches(true, 0, "__Host-", 0, 7)
                  || name.regionMatches(true, 0, "__Secure-", 0, 9);
          if (prefixed
              && baseUrl.filter(url -> "https".equalsIgnoreCase(url.getScheme())).isEmpty()) {
            fail(key, Secret.MASK, "a base-url with https beside it, because of the name's prefix");
          }
          if (!cookieJar.acceptIpHosts() && baseUrl.map(SessionRules::isIpHost).orElse(false)) {
            fail(
                key,
                Secret.MASK,
                "cookie-jar.accept-ip-hosts=true beside it, because base-url has an IP address");
          }
          if (cookieJar.type() == CookieJarType.NONE) {
            fail(key, Secret.MASK, "cookie-jar=memory beside it");
          }
        });
  }

  static void auth(AuthSettings auth, Optional<URI> baseUrl, Map<String, String> headers) {
    if (auth.type() == AuthType.NONE) {
      return;
    }
    String type = auth.type().name().toLowerCase(Locale.ROOT);
    if (baseUrl.isEmpty()) {
      fail("auth.type", type, "a base-url beside it, the only place that credentials are sent to");
    }
    if (headers.keySet().stream().anyMatch("Authorization"::equalsIgnoreCase)) {
      fail("auth.type", type, "either auth.type or headers.Authorization, not both");
    }
  }

  static void warmUp(PoolSettings pool, Optional<URI> baseUrl) {
    if (pool.warmUp() > 0 && baseUrl.isEmpty()) {
      fail(
          "pool.warm-up",
          Integer.toString(pool.warmUp()),
          "a base-url beside it, to which the connections are opened");
    }
  }

  static void health(HealthSettings health, Optional<URI> baseUrl) {
    if (health.path().isPresent() && baseUrl.isEmpty()) {
      fail(
          "health.path",
          health.path().get(),
          "a base-url beside it, below which the path is fetched");
    }
  }

  static void rateLimit(RateLimitSettings limit) {
    if (limit.isLimited() && limit.period().isEmpty()) {
      fail(
          "rate-limit.permits",
          Integer.toString(limit.permits().getAsInt()),
          "rate-limit.period beside it, in which so many requests may be started, for example 1m");
    }
  }

  static void sockets(Optional<String> localAddress, Optional<Path> unixSocket) {
    localAddress.ifPresent(
        address -> {
          if (!IpLiteral.is(address)) {
            fail(
                "local-address",
                visible(address),
                "an IP address of this machine, for example 192.0.2.7 or 2001:db8::7");
          }
          if (unixSocket.isPresent()) {
            fail(
                "local-address",
                address,
                "either local-address or unix-socket, which has no address, not both");
          }
        });
    unixSocket.ifPresent(
        path -> {
          if (path.toString().isEmpty()) {
            fail("unix-socket", "", "the path of a Unix domain socket");
          }
        });
  }

  private static boolean isIpHost(URI url) {
    String host = url.getHost();
    return host.startsWith("[") || host.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
  }

  private static boolean isCookieOctet(int c) {
    return c > ' ' && c < 0x7F && c != '"' && c != ',' && c != ';' && c != '\\';
  }

  private static void fail(String key, String shown, String expected) {
    throw new InvalidSettingException(key, shown, expected);
  }

  /** The value with its control characters made visible, so that a message stays on one line. */
  private static String visible(String value) {
    return value.replace("\r", "\\r").replace("\n", "\\n").replace("\0", "\\0");
  }
}
