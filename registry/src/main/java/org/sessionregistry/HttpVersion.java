package org.sessionregistry;

/** The protocol version that a response came in. */
public enum HttpVersion {
  /** HTTP/1.0 (RFC 1945). */
  HTTP_1_0("HTTP/1.0"),
  /** HTTP/1.1 (RFC 9112). */
  HTTP_1_1("HTTP/1.1"),
  /** HTTP/2 (RFC 9113). */
  HTTP_2("HTTP/2");

  private final String text;

  HttpVersion(String text) {
    this.text = text;
  }

  @Override
  public String toString() {
    return text;
  }
}
