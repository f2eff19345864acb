package org.sessionregistry.cookie;

import java.net.URI;
import java.util.List;

/**
 * The jar of a session without cookies: keeps nothing, gives nothing.
 *
 * <p>Never broken: what goes in never comes out.
 *
 * <p>Stateless, for any thread.
 */
enum NoCookies implements CookieJar {
  INSTANCE;

  @Override
  public String header(URI uri) {
    return "";
  }

  @Override
  public String header(URI origin, String requestTarget) {
    return "";
  }

  @Override
  public List<Cookie> matching(URI uri) {
    return List.of();
  }

  @Override
  public void store(URI uri, List<String> setCookieFields) {}

  @Override
  public void put(Cookie cookie) {}

  @Override
  public List<Cookie> cookies() {
    return List.of();
  }

  @Override
  public void remove(Cookie cookie) {}

  @Override
  public void clear() {}
}
