package org.sessionregistry.settings;

/** Which version of HTTP a session speaks. Its text form is the value of {@code http-version}. */
public enum HttpVersionPreference {
  /** What the server chooses during the TLS handshake (ALPN); HTTP/1.1 without TLS. */
  AUTO("auto"),
  /** HTTP/1.1, and nothing else is offered. */
  HTTP_1_1("1.1"),
  /** HTTP/2, and nothing else is offered; without TLS it is taken for granted. */
  HTTP_2("2");

  private final String text;

  HttpVersionPreference(String text) {
    this.text = text;
  }

  /** The value as it is configured. */
  @Override
  public String toString() {
    return text;
  }
}
