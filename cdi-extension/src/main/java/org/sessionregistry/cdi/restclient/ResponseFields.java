package org.sessionregistry.cdi.restclient;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.sessionregistry.Response;

/**
 * The header fields of a response as REST clients want them: without those that no longer fit a
 * body which the session has decompressed, because the client would decompress it again. Stateless;
 * any thread.
 */
final class ResponseFields {
  private static final Set<String> OF_THE_CODING = Set.of("content-encoding", "content-length");

  private ResponseFields() {}

  static Map<String, List<String>> of(Response response) {
    boolean decompressed = response.isDecompressed();
    Map<String, List<String>> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    response
        .headers()
        .forEach(
            (name, value) -> {
              if (!decompressed || !OF_THE_CODING.contains(name.toLowerCase(Locale.ROOT))) {
                fields.computeIfAbsent(name, n -> new ArrayList<>(1)).add(value);
              }
            });
    return fields;
  }
}
