package org.sessionregistry.cookie;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a received cookie is kept, and for whom: the steps of the storage model that look
 * at the request and the cookie alone (§5.7 steps 7 to 22, without 16).
 *
 * <p>Never broken: a server sets cookies for its own host or a domain that it belongs to, and never
 * for a public suffix. The list of public suffixes is read when the first {@code Domain} attribute
 * comes, not before.
 *
 * <p>Immutable, for any thread.
 *
 * @param acceptIpHosts whether a host that is an address may have cookies, host-only ones
 * @param publicSuffixes whether cookies for a public suffix are refused
 */
record Reception(boolean acceptIpHosts, boolean publicSuffixes) {

  /** The cookie to keep, or null if the field is to be ignored. */
  @Nullable Cookie receive(
      String field, String host, String requestPath, boolean tls, Instant now) {
    if (HostName.isIp(host) && !acceptIpHosts) {
      return null;
    }
    SetCookie received = SetCookieParser.parse(field, PathMatch.defaultPath(requestPath), now);
    if (received == null || (received.secure() && !tls)) { // step 13
      return null;
    }
    String domain = domain(received.domain(), host);
    if (domain == null) {
      return null;
    }
    boolean hostOnly = domain.isEmpty();
    if (violates(received, hostOnly)) {
      return null;
    }
    return new Cookie(
        received.name(),
        received.value(),
        hostOnly ? host : domain,
        hostOnly,
        received.path(),
        received.expires(),
        received.secure(),
        received.httpOnly(),
        received.sameSite(),
        now);
  }

  /** Why the application may not put {@code cookie} into this jar, or null if it may. */
  @Nullable String refusal(Cookie cookie) {
    if (!acceptIpHosts && HostName.isIp(cookie.domain())) {
      return "is for an IP address; set cookie-jar.accept-ip-hosts=true to allow that";
    }
    if (!cookie.hostOnly() && isPublicSuffix(cookie.domain())) {
      return "is for the public suffix " + cookie.domain() + ", which many owners share";
    }
    return null;
  }

  /** Steps 7 to 10: the domain, empty for host-only, null to refuse. */
  private @Nullable String domain(String attribute, String host) {
    if (attribute.isEmpty()) {
      return attribute;
    }
    if (!DomainMatch.matches(host, attribute)) {
      return null;
    }
    if (HostName.isIp(host)) {
      return "";
    }
    if (isPublicSuffix(attribute)) {
      return attribute.equals(host) ? "" : null;
    }
    return attribute;
  }

  private boolean isPublicSuffix(String domain) {
    return publicSuffixes && PublicSuffixes.get().contains(domain);
  }

  private static boolean violates(SetCookie cookie, boolean hostOnly) {
    String promisedPath = cookie.pathGiven() ? cookie.path() : ""; // step 21.3
    return CookieRules.violation(
            cookie.name(),
            cookie.value(),
            hostOnly,
            promisedPath,
            cookie.secure(),
            cookie.sameSite())
        != null;
  }
}
