package org.sessionregistry.exchange;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.Headers;
import org.sessionregistry.InformationalResponse;
import org.sessionregistry.RequestBody;
import org.sessionregistry.Trailer;
import org.sessionregistry.Transmission;
import org.sessionregistry.settings.HeaderSyntax;

/**
 * What one attempt does because of its request's {@link Transmission}: expects, announces trailers,
 * tells listeners. Used first by who makes the request ready and then by the event loop. What a
 * listener throws ends the exchange; it never reaches the connection.
 */
final class Transfer {
  private final Exchange exchange;
  private final Transmission asked;
  private final RequestBody body;
  private final boolean mayExpect;
  private OptionalLong total = OptionalLong.of(0);
  private long written;
  private boolean begun;

  private Transfer(Exchange exchange, Outgoing sent, Transmission asked) {
    this.exchange = exchange;
    this.asked = asked;
    this.body = sent.body();
    this.mayExpect = !exchange.isWithoutExpectation();
  }

  /** Null for a request that asks for nothing, which is almost every one. */
  static @Nullable Transfer of(Exchange exchange, Outgoing sent) {
    Transmission asked = exchange.request().transmission();
    return asked.isPlain() ? null : new Transfer(exchange, sent, asked);
  }

  // ---- the request ----------------------------------------------------------------------------

  /** The fields of the head, given those that it has without; comes before all else. */
  String[] fields(String[] merged) {
    total = body.contentLength();
    List<String> fields = new ArrayList<>(Arrays.asList(merged));
    if (hasTrailers()) {
      for (int i = 0; i < fields.size(); i += 2) {
        if (fields.get(i).equals("Content-Length")) { // only chunks can have trailers
          fields.set(i, "Transfer-Encoding");
          fields.set(i + 1, "chunked");
        }
      }
      fields.add("Trailer");
      fields.add(asked.trailers().stream().map(Trailer::name).collect(Collectors.joining(", ")));
    }
    if (expects()) {
      fields.add("Expect");
      fields.add("100-continue");
    }
    if (asked.acceptsTrailers()) {
      fields.addAll(List.of("TE", "trailers", "Connection", "TE")); // RFC 9110 section 10.1.4
    }
    return fields.toArray(String[]::new);
  }

  private boolean hasBody() {
    return !total.equals(OptionalLong.of(0));
  }

  private boolean hasTrailers() {
    return !asked.trailers().isEmpty() && hasBody();
  }

  /** Whether the body waits to be asked for. */
  boolean expects() {
    return mayExpect && hasBody() && asked.expectContinue().isPresent();
  }

  /** How long the body waits, 0 when it does not. */
  long continueNanos() {
    return expects() ? asked.expectContinue().orElseThrow().toNanos() : 0;
  }

  /** What gives the trailers when the body has been sent; null for none. */
  @Nullable Supplier<String[]> trailers() {
    return hasTrailers() ? this::evaluateTrailers : null;
  }

  private String[] evaluateTrailers() {
    List<String> fields = new ArrayList<>(2 * asked.trailers().size());
    for (Trailer trailer : asked.trailers()) {
      String value = trailer.value().get();
      HeaderSyntax.problemWithValue(value)
          .ifPresent(
              expected -> {
                throw new IllegalArgumentException(
                    "trailer '" + trailer.name() + "': expected " + expected);
              });
      fields.add(trailer.name());
      fields.add(value);
    }
    return fields.toArray(String[]::new);
  }

  // ---- the wire, on the event loop ------------------------------------------------------------

  void bodyBegun() {
    begun = true;
  }

  void written(long bytes) {
    written += bytes;
    asked
        .onUpload()
        .ifPresent(listener -> tell("onUploadProgress", () -> listener.sent(written, total)));
  }

  void informational(int status, String[] fields) {
    asked
        .onInformational()
        .ifPresent(
            listener ->
                tell(
                    "onInformational",
                    () -> listener.accept(new InformationalResponse(status, Headers.of(fields)))));
  }

  private void tell(String listener, Runnable telling) {
    if (exchange.isEnded()) {
      return;
    }
    try {
      telling.run();
    } catch (RuntimeException | Error e) {
      exchange.fail(exchange.context().failures.listener(exchange.detail(), listener, e));
    }
  }

  /** Whether a final status asks for the request without its expectation, and that can be sent. */
  boolean isExpectationRefused(int status) {
    return status == 417 && expects() && (!begun || body.replayable());
  }
}
