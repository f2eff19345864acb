package org.sessionregistry.httpclient;

import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.sessionregistry.ClientSession;
import org.sessionregistry.Headers;
import org.sessionregistry.HttpVersion;
import org.sessionregistry.Request;
import org.sessionregistry.RequestBuilder;
import org.sessionregistry.Response;

/** The words of {@code java.net.http} and ours for the same. Thread-safe, without state. */
final class Translation {
  private Translation() {}

  /**
   * A request of the session.
   *
   * @throws IllegalArgumentException if it cannot be sent by it
   */
  static Request request(ClientSession session, HttpRequest asked) {
    RequestBuilder request = session.request(asked.method(), asked.uri());
    asked
        .headers()
        .map()
        .forEach((name, values) -> values.forEach(value -> request.header(name, value)));
    asked
        .bodyPublisher()
        .filter(body -> body.contentLength() != 0)
        .ifPresent(
            body -> {
              request.body(new PublishedBody(body));
              if (asked.expectContinue()) {
                request.expectContinue();
              }
            });
    return request.build();
  }

  /**
   * The header fields, without those that no longer fit a body that the session has decompressed:
   * whoever reads them would decompress it again.
   */
  static HttpHeaders headers(Response response) {
    Headers sent = response.headers();
    return headers(
        response.isDecompressed()
            ? sent.filter(
                name ->
                    !name.equalsIgnoreCase("Content-Encoding")
                        && !name.equalsIgnoreCase("Content-Length"))
            : sent);
  }

  static HttpHeaders headers(Headers fields) {
    Map<String, List<String>> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    fields.forEach(
        (name, value) -> values.computeIfAbsent(name, n -> new ArrayList<>(1)).add(value));
    return HttpHeaders.of(values, (name, value) -> true);
  }

  /** The JDK knows no version before 1.1. */
  static HttpClient.Version version(HttpVersion version) {
    return version == HttpVersion.HTTP_2 ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1;
  }
}
