package org.sessionregistry.httpclient;

import java.net.CookieHandler;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.sessionregistry.cookie.CookieJar;

/**
 * A session's jar for those who speak to a {@code CookieHandler}. The session itself does not need
 * it: its requests have their cookies. Thread-safe.
 */
final class JarCookieHandler extends CookieHandler {
  private final CookieJar jar;

  JarCookieHandler(CookieJar jar) {
    this.jar = jar;
  }

  @Override
  public Map<String, List<String>> get(URI uri, Map<String, List<String>> requestHeaders) {
    String cookies = jar.header(uri);
    return cookies.isEmpty() ? Map.of() : Map.of("Cookie", List.of(cookies));
  }

  @Override
  public void put(URI uri, Map<String, List<String>> responseHeaders) {
    responseHeaders.forEach(
        (name, values) -> {
          if ("Set-Cookie".equalsIgnoreCase(name)) {
            jar.store(uri, values);
          }
        });
  }
}
