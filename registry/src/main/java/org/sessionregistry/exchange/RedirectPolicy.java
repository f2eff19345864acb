package org.sessionregistry.exchange;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.sessionregistry.Headers;
import org.sessionregistry.RequestBody;
import org.sessionregistry.connector.Route;
import org.sessionregistry.settings.PercentEncoding;
import org.sessionregistry.settings.RedirectSettings;
import org.sessionregistry.settings.ReferenceText;
import org.sessionregistry.settings.SessionSettings;

/**
 * What a redirect makes of a request (RFC 9110 section 15.4). The rule: what is meant for one
 * origin never reaches another, neither what was set by hand to say who is asking nor the session's
 * defaults. Immutable.
 */
final class RedirectPolicy {
  /** Who is asking; dropped for another origin. */
  private static final Set<String> CREDENTIALS =
      Set.of("authorization", "cookie", "proxy-authorization", "host");

  private final RedirectSettings settings;
  private final Targets targets;

  RedirectPolicy(SessionSettings settings, Targets targets) {
    this.settings = settings.redirects();
    this.targets = targets;
  }

  /** Why a redirect cannot be followed, in words. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    Refused(String why, Throwable cause) {
      super(why, cause);
    }

    Refused(String why) {
      super(why);
    }
  }

  int max() {
    return settings.max();
  }

  /** Whether a response leads elsewhere and that is to be followed. */
  boolean applies(int status, Headers headers) {
    return switch (status) {
      case 301, 302, 303, 307, 308 -> settings.max() > 0 && headers.contains("Location");
      default -> false;
    };
  }

  /**
   * The request that follows.
   *
   * @param home the origin of the first request, which the session's defaults are for if it has no
   *     base URL
   */
  Outgoing follow(Outgoing sent, int status, Headers headers, Route home) throws Refused {
    String location = headers.first("Location").orElse("").strip();
    Target target = target(sent.target(), location, home);
    if (sent.target().route().secure() && !target.route().secure() && !settings.allowDowngrade()) {
      throw new Refused("leads from https to http");
    }
    String method = method(sent.method(), status);
    boolean keepsBody = method.equals(sent.method());
    if (keepsBody && !sent.body().replayable()) {
      throw new Refused("asks for the body again, which cannot be sent twice");
    }
    boolean sameOrigin = target.route().equals(sent.target().route());
    Headers kept =
        sent.headers()
            .filter(
                name -> {
                  String lower = name.toLowerCase(Locale.ROOT);
                  return (keepsBody || !describesBody(lower))
                      && (sameOrigin || !CREDENTIALS.contains(lower));
                });
    return new Outgoing(
        method,
        target,
        kept,
        sameOrigin ? sent.cookies() : List.of(),
        keepsBody ? sent.body() : RequestBody.empty(),
        false);
  }

  private static boolean describesBody(String lower) {
    return lower.startsWith("content-") || lower.equals("transfer-encoding");
  }

  /** RFC 9110 sections 15.4.2 to 15.4.4, and what every client does with POST. */
  private static String method(String method, int status) {
    boolean becomesGet =
        status == 303
            ? !method.equals("HEAD")
            : (status == 301 || status == 302) && method.equals("POST");
    return becomesGet ? "GET" : method;
  }

  private Target target(Target from, String location, Route home) throws Refused {
    String shown = "to '" + ReferenceText.shown(location) + "'";
    try {
      URI reference = new URI(PercentEncoding.ofBytes(location));
      URI base = from.uri();
      URI resolved = UriResolution.resolve(base, reference);
      String fragment = resolved.getRawFragment();
      return targets.redirected(
          resolved, fragment == null ? base.getRawFragment() : fragment, home);
    } catch (URISyntaxException | IllegalArgumentException e) {
      throw new Refused(shown + " leads to no http URL (" + e.getMessage() + ")", e);
    }
  }
}
