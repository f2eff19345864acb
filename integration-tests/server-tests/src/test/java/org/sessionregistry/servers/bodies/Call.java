package org.sessionregistry.servers.bodies;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/** One request as the server sees it, and the answer to it, whatever the server. For one thread. */
interface Call {
  /** What a server does with a request, on a thread that it may block. */
  @FunctionalInterface
  interface Answer {
    void to(Call call) throws Exception;
  }

  String method();

  /** Path and query as they were sent. */
  String target();

  /** The authority as it was sent. */
  String authority();

  List<String> headers(String name);

  /** The first value, empty when there is none. */
  default String header(String name) {
    return headers(name).isEmpty() ? "" : headers(name).get(0);
  }

  InputStream body() throws IOException;

  default String text() throws IOException {
    return new String(body().readAllBytes(), UTF_8);
  }

  Call status(int code);

  Call with(String name, String value);

  /** What is written goes out with the next flush. */
  OutputStream output() throws IOException;

  default void reply(byte[] bytes) throws IOException {
    try (OutputStream out = output()) {
      out.write(bytes);
    }
  }

  default void reply(String text) throws IOException {
    reply(text.getBytes(UTF_8));
  }
}
