package org.sessionregistry.cdi.restclient;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.sessionregistry.RequestBuilder;

/**
 * The header fields of a request as REST clients have them. Those that frame the message are left
 * to the session, which writes them itself (RFC 9112 section 6). Stateless; any thread.
 */
final class RequestFields {
  private static final Set<String> FRAMING =
      Set.of(
          "connection",
          "content-length",
          "http2-settings",
          "keep-alive",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  private RequestFields() {}

  /**
   * Copies the fields.
   *
   * @throws IllegalArgumentException if one cannot be sent
   */
  static void copy(Map<String, List<String>> fields, RequestBuilder request) {
    fields.forEach((name, values) -> copy(name, values, request));
  }

  private static void copy(String name, List<String> values, RequestBuilder request) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.equals("expect") && values.stream().anyMatch("100-continue"::equalsIgnoreCase)) {
      request.expectContinue();
    } else if (!FRAMING.contains(lower)) {
      values.forEach(value -> request.header(name, value));
    }
  }

  /** The length that the client promises for an entity that is streamed. */
  static OptionalLong length(Map<String, List<String>> fields) {
    for (Map.Entry<String, List<String>> field : fields.entrySet()) {
      if (field.getKey().equalsIgnoreCase("Content-Length") && field.getValue().size() == 1) {
        String digits = field.getValue().get(0).strip();
        if (digits.matches("\\d{1,18}")) {
          return OptionalLong.of(Long.parseLong(digits));
        }
      }
    }
    return OptionalLong.empty();
  }
}
