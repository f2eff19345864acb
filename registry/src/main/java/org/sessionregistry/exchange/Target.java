package org.sessionregistry.exchange;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.connector.Route;
import org.sessionregistry.cookie.CookieJar;

/**
 * Where a request goes. The URI is put together only when somebody asks for it. Thread-safe.
 *
 * <p>Two threads may both put it together; they get equal values, so no lock is needed.
 */
final class Target {
  private final Route route;
  private final String requestTarget;
  private final @Nullable String fragment;
  private final boolean ofBase;
  private volatile @Nullable URI uri;

  Target(Route route, String requestTarget, boolean ofBase) {
    this(route, requestTarget, null, ofBase);
  }

  /** With a fragment, which is never sent (RFC 9110 section 7.1). */
  Target(Route route, String requestTarget, @Nullable String fragment, boolean ofBase) {
    this.route = route;
    this.requestTarget = requestTarget;
    this.fragment = fragment;
    this.ofBase = ofBase;
  }

  Route route() {
    return route;
  }

  /** Path and query in origin form (RFC 9112 section 3.2.1). */
  String requestTarget() {
    return requestTarget;
  }

  /** Whether it is of the origin that the session's defaults are for. */
  boolean ofBase() {
    return ofBase;
  }

  /** What a jar has for it. */
  String cookies(CookieJar jar) {
    return jar.header(route.originUri(), requestTarget);
  }

  URI uri() {
    URI known = uri;
    if (known == null) {
      String address = route.origin() + requestTarget;
      known = URI.create(fragment == null ? address : address + '#' + fragment);
      uri = known;
    }
    return known;
  }
}
