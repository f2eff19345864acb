package org.sessionregistry.transport;

import java.util.List;
import java.util.stream.Collectors;
import org.sessionregistry.connector.Route;
import org.sessionregistry.egress.ProxyServer;

/** Puts into words what proxies answer. Stateless, for any thread. */
final class ProxyAnswers {
  private static final int LONGEST = 200;

  private ProxyAnswers() {}

  /** It wants to know who we are, or knows somebody else. */
  static String authentication(ProxyServer proxy, String answer, List<String> challenges) {
    String schemes =
        challenges.stream()
            .map(challenge -> challenge.strip().split("[ ,]", 2)[0])
            .filter(scheme -> !scheme.isEmpty())
            .distinct()
            .collect(Collectors.joining(", "));
    return "the proxy "
        + proxy
        + (proxy.username().isPresent()
            ? " does not accept the user name and password: "
            : " wants a user name and a password: ")
        + shown(answer)
        + (schemes.isEmpty() ? "" : " (it takes " + shown(schemes) + "; Basic is spoken)");
  }

  /** It does not open a way. */
  static String refused(ProxyServer proxy, Route route, String answer) {
    return "the proxy " + proxy + " opens no way to " + target(route) + ": " + shown(answer);
  }

  /** Host and port, which CONNECT always has both (RFC 9110 section 9.3.6). */
  static String target(Route route) {
    String host = route.host();
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + route.port();
  }

  /** What a stranger says, on one line. */
  static String shown(String text) {
    String safe = CertificateText.safe(text.strip());
    return safe.length() > LONGEST ? safe.substring(0, LONGEST) + "…" : safe;
  }
}
