package org.sessionregistry;

import java.net.URI;

/**
 * A response that led elsewhere.
 *
 * @param uri what it answered
 * @param status its status, 301, 302, 303, 307 or 308
 * @param headers its header fields, {@code Location} among them
 */
public record Redirect(URI uri, int status, Headers headers) {
  /** {@code 302 http://a/b}, without query and fragment, which may carry secrets. */
  @Override
  public String toString() {
    String text = uri.toString();
    int fragment = text.indexOf('#');
    text = fragment < 0 ? text : text.substring(0, fragment);
    int query = text.indexOf('?');
    return status + " " + (query < 0 ? text : text.substring(0, query) + "?…");
  }
}
