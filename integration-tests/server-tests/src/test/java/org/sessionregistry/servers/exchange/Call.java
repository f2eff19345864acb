package org.sessionregistry.servers.exchange;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** One request as a peer sees it, and the answer to it, whatever the server. Used by one thread. */
interface Call {
  String method();

  /** Path and query, as they stood in the request line. */
  String target();

  /** The values of a header field, in order. */
  List<String> headers(String name);

  /** Names the connection that the request came on. */
  String connection();

  InputStream body() throws IOException;

  Call status(int code);

  Call header(String name, String value);

  /** Begins the answer; what is written goes out with the next flush. */
  OutputStream output() throws IOException;

  default Seen see() throws IOException {
    return new Seen(this, body().readAllBytes());
  }

  /** Answers with the given bytes and their length. */
  default void reply(byte[] bytes) throws IOException {
    header("Content-Length", Integer.toString(bytes.length));
    try (OutputStream out = output()) {
      out.write(bytes);
    }
  }

  default void reply(String text) throws IOException {
    reply(text.getBytes(StandardCharsets.UTF_8));
  }
}
