package org.sessionregistry.servers.httpclient;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Optional;

/** A request that {@code HttpRequest.Builder} would not build: its URI is of another scheme. */
final class Elsewhere extends HttpRequest {
  private final HttpRequest request;

  Elsewhere(HttpRequest request) {
    this.request = request;
  }

  @Override
  public URI uri() {
    return URI.create("ftp://127.0.0.1/");
  }

  @Override
  public Optional<BodyPublisher> bodyPublisher() {
    return request.bodyPublisher();
  }

  @Override
  public String method() {
    return request.method();
  }

  @Override
  public Optional<Duration> timeout() {
    return request.timeout();
  }

  @Override
  public boolean expectContinue() {
    return false;
  }

  @Override
  public Optional<HttpClient.Version> version() {
    return Optional.empty();
  }

  @Override
  public HttpHeaders headers() {
    return request.headers();
  }
}
