package org.sessionregistry.servers.faults;

/** Well-formed responses. */
final class Answers {
  static final String CRLF = "\r\n";

  /** A small response that leaves the connection open. */
  static final String OK = ok("fine");

  /** A head that promises a hundred bytes. */
  static final String HEAD_OF_100 = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n";

  /** A head that promises chunks. */
  static final String HEAD_OF_CHUNKS = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

  private Answers() {}

  static String ok(String body) {
    return "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
  }

  static String chunk(String data) {
    return Integer.toHexString(data.length()) + CRLF + data + CRLF;
  }
}
