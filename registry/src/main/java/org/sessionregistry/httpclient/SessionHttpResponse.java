package org.sessionregistry.httpclient;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.Redirect;
import org.sessionregistry.Response;
import org.sessionregistry.settings.ReferenceText;

/**
 * A response with what a {@code BodySubscriber} made of its body; one that led elsewhere has no
 * body. Immutable.
 */
record SessionHttpResponse<T>(
    int statusCode,
    HttpRequest request,
    Optional<HttpResponse<T>> previousResponse,
    HttpHeaders headers,
    @Nullable T body,
    URI uri,
    HttpClient.Version version)
    implements HttpResponse<T> {

  /** With the redirects before it, each with the request that it answered. */
  static <T> SessionHttpResponse<T> of(HttpRequest first, Response response, @Nullable T body) {
    HttpClient.Version version = Translation.version(response.version());
    Optional<HttpResponse<T>> previous = Optional.empty();
    HttpRequest request = first;
    int next = 1;
    for (Redirect redirect : response.history()) {
      previous =
          Optional.of(
              new SessionHttpResponse<>(
                  redirect.status(),
                  request,
                  previous,
                  Translation.headers(redirect.headers()),
                  null,
                  redirect.uri(),
                  version));
      URI to =
          next < response.history().size() ? response.history().get(next++).uri() : response.uri();
      request = new FollowingRequest(request, redirect.status(), to);
    }
    return new SessionHttpResponse<>(
        response.status(),
        request,
        previous,
        Translation.headers(response),
        body,
        response.uri(),
        version);
  }

  /** The session's connections do not tell. */
  @Override
  public Optional<SSLSession> sslSession() {
    return Optional.empty();
  }

  /** {@code (GET http://a/b) 200}, without the query, which may carry secrets. */
  @Override
  public String toString() {
    return "(" + request.method() + " " + ReferenceText.shown(uri.toString()) + ") " + statusCode;
  }
}
