package org.sessionregistry.servers.exchange;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A request that a peer has read to its end. */
record Seen(
    String method,
    String target,
    Map<String, List<String>> headers,
    String connection,
    byte[] body) {
  private static final List<String> FIELDS =
      List.of(
          "Accept",
          "Authorization",
          "Content-Length",
          "Content-Type",
          "Cookie",
          "Host",
          "Transfer-Encoding",
          "User-Agent",
          "X-Api-Key",
          "X-Trace");

  Seen(Call call, byte[] body) {
    this(call.method(), call.target(), fields(call), call.connection(), body);
  }

  private static Map<String, List<String>> fields(Call call) {
    Map<String, List<String>> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String name : FIELDS) {
      fields.put(name, List.copyOf(call.headers(name)));
    }
    return fields;
  }

  /** The values of one of the fields that the tests look at. */
  List<String> header(String name) {
    List<String> values = headers.get(name);
    if (values == null) {
      throw new IllegalArgumentException(name + " is not looked at; add it to FIELDS");
    }
    return values;
  }

  String text() {
    return new String(body, StandardCharsets.UTF_8);
  }
}
