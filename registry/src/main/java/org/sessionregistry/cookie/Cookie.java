package org.sessionregistry.cookie;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One cookie: what a server set, or what the application puts into a jar itself.
 *
 * <p>Never broken: a cookie that exists can be sent without harm. Name and value hold nothing that
 * ends a header field or a cookie pair, a prefixed name ({@code __Host-}, {@code __Secure-}) keeps
 * its promise, and {@link #toString()} never shows the value.
 *
 * <p>Immutable, for any thread.
 *
 * @param name the name; empty for a nameless cookie, which is sent as its value alone
 * @param value the value, exactly as received
 * @param domain the host, or the domain whose hosts get the cookie: lower case, international names
 *     in their ASCII form (converted here when they are not)
 * @param hostOnly whether only the host {@code domain} itself gets the cookie
 * @param path the path that a request's path has to match, begins with a slash
 * @param expires when the cookie ends; empty for one that lives as long as the session
 * @param secure whether the cookie is sent over TLS only
 * @param httpOnly the {@code HttpOnly} attribute, kept
 * @param sameSite the {@code SameSite} attribute, kept
 * @param created when the cookie was first set; a replacement keeps this time
 */
public record Cookie(
    String name,
    String value,
    String domain,
    boolean hostOnly,
    String path,
    Optional<Instant> expires,
    boolean secure,
    boolean httpOnly,
    SameSite sameSite,
    Instant created) {

  /**
   * Checks the cookie.
   *
   * @throws IllegalArgumentException if it could not be sent as it is; the message does not show
   *     the value
   */
  public Cookie {
    Objects.requireNonNull(expires, "expires");
    Objects.requireNonNull(sameSite, "sameSite");
    Objects.requireNonNull(created, "created");
    domain = CookieRules.checkedDomain(domain, hostOnly);
    CookieRules.check(name, value, path);
    CookieRules.checkPromises(name, value, hostOnly, path, secure, sameSite);
  }

  /**
   * A cookie for the host of {@code uri} alone, for every path of it, until the session ends; for
   * TLS only if {@code uri} is.
   *
   * @param uri says the host
   * @param name the cookie's name
   * @param value the cookie's value
   * @param created the time of creation
   * @return the cookie
   */
  public static Cookie forHost(URI uri, String name, String value, Instant created) {
    String host = RequestUri.host(uri);
    if (host == null) {
      throw new IllegalArgumentException("cookie '" + name + "': the URI names no host");
    }
    boolean secure = RequestUri.isSecure(uri);
    return new Cookie(
        name, value, host, true, "/", Optional.empty(), secure, false, SameSite.DEFAULT, created);
  }

  /**
   * The cookies that {@code Set-Cookie} fields of a response set, as a jar would keep them that
   * takes all that the rules allow (§5.7), hosts that are addresses included.
   *
   * @param uri what was asked for
   * @param setCookieFields the values of the fields
   * @param now the time from which {@code Max-Age} counts
   * @return the cookies in their order; what the rules refuse is left out
   */
  public static List<Cookie> received(URI uri, List<String> setCookieFields, Instant now) {
    String host = setCookieFields.isEmpty() ? null : RequestUri.host(uri);
    if (host == null) {
      return List.of();
    }
    Reception reception = new Reception(true, true);
    List<Cookie> cookies = new ArrayList<>(setCookieFields.size());
    for (String field : setCookieFields) {
      Cookie cookie =
          reception.receive(field, host, RequestUri.path(uri), RequestUri.isSecure(uri), now);
      if (cookie != null) {
        cookies.add(cookie);
      }
    }
    return List.copyOf(cookies);
  }

  /**
   * Whether the cookie has an end of its own and does not end with the session.
   *
   * @return whether it does
   */
  public boolean persistent() {
    return expires.isPresent();
  }

  /**
   * Whether the cookie has ended at {@code now} (§5.7).
   *
   * @param now the time to look at it
   * @return whether it has
   */
  public boolean expired(Instant now) {
    return expires.isPresent() && !expires.get().isAfter(now);
  }

  /**
   * This cookie with another value.
   *
   * @param value the value
   * @return the copy
   */
  public Cookie withValue(String value) {
    return new Cookie(
        name, value, domain, hostOnly, path, expires, secure, httpOnly, sameSite, created);
  }

  /**
   * This cookie for {@code domain} and all hosts below it.
   *
   * @param domain the domain
   * @return the copy
   */
  public Cookie withDomain(String domain) {
    return new Cookie(
        name, value, domain, false, path, expires, secure, httpOnly, sameSite, created);
  }

  /**
   * This cookie for another path.
   *
   * @param path the path
   * @return the copy
   */
  public Cookie withPath(String path) {
    return new Cookie(
        name, value, domain, hostOnly, path, expires, secure, httpOnly, sameSite, created);
  }

  /**
   * This cookie with an end.
   *
   * @param expires the end
   * @return the copy
   */
  public Cookie withExpires(Instant expires) {
    Optional<Instant> end = Optional.of(expires);
    return new Cookie(
        name, value, domain, hostOnly, path, end, secure, httpOnly, sameSite, created);
  }

  /**
   * This cookie, sent over TLS only or not.
   *
   * @param secure whether over TLS only
   * @return the copy
   */
  public Cookie withSecure(boolean secure) {
    return new Cookie(
        name, value, domain, hostOnly, path, expires, secure, httpOnly, sameSite, created);
  }

  /**
   * This cookie with another time of creation.
   *
   * @param created the time
   * @return the copy
   */
  public Cookie withCreated(Instant created) {
    return new Cookie(
        name, value, domain, hostOnly, path, expires, secure, httpOnly, sameSite, created);
  }

  /**
   * Whether both are the same cookie for a jar: name, domain, host-only and path (§5.7 step 23).
   */
  boolean replaces(Cookie other) {
    return name.equals(other.name)
        && path.equals(other.path)
        && hostOnly == other.hostOnly
        && domain.equals(other.domain);
  }

  /** The cookie for a log: everything but its value. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(96);
    text.append(name.isEmpty() ? "(nameless)" : name).append("=***; ");
    text.append(hostOnly ? "Host=" : "Domain=").append(domain).append("; Path=").append(path);
    expires.ifPresent(end -> text.append("; Expires=").append(end));
    if (secure) {
      text.append("; Secure");
    }
    if (httpOnly) {
      text.append("; HttpOnly");
    }
    if (sameSite != SameSite.DEFAULT) {
      text.append("; SameSite=").append(sameSite);
    }
    return text.toString();
  }
}
