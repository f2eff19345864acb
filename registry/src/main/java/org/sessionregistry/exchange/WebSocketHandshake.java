package org.sessionregistry.exchange;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.sessionregistry.Headers;
import org.sessionregistry.WebSocketRequest;

/**
 * An opening handshake (RFC 6455 section 4.1): what it asks for, and whether the answer keeps to
 * that. Each has a key of its own and is used once. Immutable.
 */
final class WebSocketHandshake {
  /**
   * What both sides agreed on.
   *
   * @param subprotocol what the server chose of those offered
   * @param compression whether messages may be compressed, and how
   */
  record Agreement(Optional<String> subprotocol, Optional<CompressionTerms> compression) {}

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final int KEY_BYTES = 16;

  private final WebSocketRequest request;
  private final String key;

  WebSocketHandshake(WebSocketRequest request) {
    this(request, randomKey());
  }

  WebSocketHandshake(WebSocketRequest request, String key) {
    this.request = request;
    this.key = key;
  }

  private static String randomKey() {
    byte[] bytes = new byte[KEY_BYTES];
    RANDOM.nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** Adds its own header fields to those of the request. */
  String[] fields(String[] others) {
    List<String> all = new ArrayList<>(others.length + 12);
    for (int i = 0; i < others.length; i += 2) {
      if (!others[i].toLowerCase(Locale.ROOT).startsWith("sec-websocket-")) {
        all.add(others[i]);
        all.add(others[i + 1]);
      }
    }
    all.addAll(List.of("Connection", "Upgrade", "Upgrade", "websocket"));
    all.addAll(List.of("Sec-WebSocket-Key", key, "Sec-WebSocket-Version", "13"));
    if (!request.subprotocols().isEmpty()) {
      all.add("Sec-WebSocket-Protocol");
      all.add(String.join(", ", request.subprotocols()));
    }
    if (request.compression()) {
      all.add("Sec-WebSocket-Extensions");
      all.add(CompressionTerms.OFFER);
    }
    return all.toArray(String[]::new);
  }

  /**
   * Reads an answer whose status is 101.
   *
   * @throws IllegalArgumentException if it is not the answer to this handshake
   */
  Agreement agreed(Headers headers) {
    require(
        headers.all("Upgrade").stream()
            .anyMatch(value -> value.strip().equalsIgnoreCase("websocket")),
        "its Upgrade is not 'websocket'");
    require(
        headers.all("Connection").stream()
            .flatMap(value -> Arrays.stream(value.split(",")))
            .anyMatch(value -> value.strip().equalsIgnoreCase("upgrade")),
        "its Connection has no 'Upgrade'");
    require(
        headers.all("Sec-WebSocket-Accept").stream()
            .map(String::strip)
            .toList()
            .equals(List.of(accept())),
        "its Sec-WebSocket-Accept does not belong to the key that was sent");
    List<String> chosen =
        headers.all("Sec-WebSocket-Protocol").stream().map(String::strip).toList();
    require(
        chosen.isEmpty() || (chosen.size() == 1 && request.subprotocols().contains(chosen.get(0))),
        "it uses the subprotocol " + chosen + ", which was not offered");
    return new Agreement(
        chosen.stream().findFirst(),
        CompressionTerms.agreed(headers.all("Sec-WebSocket-Extensions"), request.compression()));
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  private String accept() {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-1")
              .digest((key + GUID).getBytes(StandardCharsets.US_ASCII));
      return Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-1", e);
    }
  }
}
