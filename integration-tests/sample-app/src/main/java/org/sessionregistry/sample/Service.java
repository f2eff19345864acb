package org.sessionregistry.sample;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;

/** One service of the demonstration server: a function from a call to a reply. Thread-safe. */
@FunctionalInterface
interface Service {
  /** Says what to reply; waiting is the server's part. */
  Reply answer(Call call);

  /**
   * What a client sent.
   *
   * @param method the method
   * @param path the path, decoded
   * @param headers the header fields
   * @param cookies the cookies, by name
   * @param body the body, as UTF-8
   */
  record Call(
      String method, String path, HttpFields headers, Map<String, String> cookies, String body) {}

  /**
   * What it gets back.
   *
   * @param status the status code
   * @param contentType the body's media type
   * @param body the body, sent as UTF-8
   * @param setCookie the value of {@code Set-Cookie}, if any
   * @param delay how long the service takes
   */
  record Reply(
      int status, String contentType, String body, Optional<String> setCookie, Duration delay) {

    static Reply json(int status, String json, int millis) {
      return of(status, "application/json", json, millis);
    }

    static Reply text(int status, String text, int millis) {
      return of(status, "text/plain;charset=utf-8", text, millis);
    }

    Reply withCookie(String cookie) {
      return new Reply(status, contentType, body, Optional.of(cookie), delay);
    }

    private static Reply of(int status, String contentType, String body, int millis) {
      return new Reply(status, contentType, body, Optional.empty(), Duration.ofMillis(millis));
    }
  }
}
