package org.sessionregistry.httpclient;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The request that a redirect made of another one (RFC 9110 section 15.4), for those who look at
 * {@code HttpResponse.request()}; the session has sent it already. Immutable.
 */
final class FollowingRequest extends HttpRequest {
  private static final Set<String> CREDENTIALS =
      Set.of("authorization", "cookie", "proxy-authorization", "host");

  private final HttpRequest before;
  private final String method;
  private final URI uri;

  FollowingRequest(HttpRequest before, int status, URI uri) {
    this.before = before;
    this.method = method(before.method(), status);
    this.uri = uri;
  }

  private static String method(String method, int status) {
    boolean becomesGet =
        status == 303
            ? !method.equals("HEAD")
            : (status == 301 || status == 302) && method.equals("POST");
    return becomesGet ? "GET" : method;
  }

  private boolean keepsBody() {
    return method.equals(before.method());
  }

  @Override
  public Optional<BodyPublisher> bodyPublisher() {
    return keepsBody() ? before.bodyPublisher() : Optional.empty();
  }

  @Override
  public String method() {
    return method;
  }

  @Override
  public Optional<Duration> timeout() {
    return before.timeout();
  }

  @Override
  public boolean expectContinue() {
    return keepsBody() && before.expectContinue();
  }

  @Override
  public URI uri() {
    return uri;
  }

  @Override
  public Optional<HttpClient.Version> version() {
    return before.version();
  }

  @Override
  public HttpHeaders headers() {
    boolean sameOrigin =
        uri.getScheme().equalsIgnoreCase(before.uri().getScheme())
            && uri.getRawAuthority().equalsIgnoreCase(before.uri().getRawAuthority());
    return HttpHeaders.of(
        before.headers().map(),
        (name, value) -> {
          String lower = name.toLowerCase(Locale.ROOT);
          return (keepsBody() || !lower.startsWith("content-"))
              && (sameOrigin || !CREDENTIALS.contains(lower));
        });
  }

  @Override
  public String toString() {
    return uri + " " + method;
  }
}
