package org.sessionregistry;

/**
 * The names of methods, for {@link ClientSession#request(String, String)}. A method that is not
 * among them is given by its name just so; methods are case-sensitive (RFC 9110 section 9.1).
 */
public final class HttpMethods {
  /** RFC 9110 section 9.3.1. */
  public static final String GET = "GET";

  /** RFC 9110 section 9.3.2. */
  public static final String HEAD = "HEAD";

  /** RFC 9110 section 9.3.3. */
  public static final String POST = "POST";

  /** RFC 9110 section 9.3.4. */
  public static final String PUT = "PUT";

  /** RFC 9110 section 9.3.5. */
  public static final String DELETE = "DELETE";

  /** RFC 9110 section 9.3.7. */
  public static final String OPTIONS = "OPTIONS";

  /** RFC 9110 section 9.3.8. */
  public static final String TRACE = "TRACE";

  /** RFC 5789. */
  public static final String PATCH = "PATCH";

  /** WebDAV (RFC 4918 section 9.1). */
  public static final String PROPFIND = "PROPFIND";

  /** WebDAV (RFC 4918 section 9.3). */
  public static final String MKCOL = "MKCOL";

  /** WebDAV (RFC 4918 section 9.8). */
  public static final String COPY = "COPY";

  /** WebDAV (RFC 4918 section 9.9). */
  public static final String MOVE = "MOVE";

  private HttpMethods() {}
}
