package org.sessionregistry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrailerTest {
  private final UnsentSession session = new UnsentSession();

  @ParameterizedTest
  @ValueSource(strings = {"Content-MD5", "Digest", "grpc-status", "Server-Timing", "X-Checksum"})
  void whatIsKnownAfterTheBodyMayBeSent(String name) {
    assertThat(session.post("/").trailer(name, "x").build().transmission().trailers())
        .extracting(Trailer::name)
        .containsExactly(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // RFC 9110 section 6.5.1: framing
        "Transfer-Encoding",
        "content-length",
        "Trailer",
        "TE",
        // routing
        "Host",
        // request modifiers
        "Expect",
        "Range",
        "If-Match",
        "if-none-match",
        "Cache-Control",
        "Max-Forwards",
        // authentication
        "Authorization",
        "Proxy-Authorization",
        "Cookie",
        // content format
        "Content-Encoding",
        "Content-Type",
        "Content-Range",
        // no names at all
        "",
        "a b",
        "a\r\nb"
      })
  void whatMustBeKnownBeforeIsRefused(String name) {
    RequestBuilder builder = session.post("/");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.trailer(name, "x"))
        .withMessageStartingWith("trailer '")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\r", "\n"));
  }

  @Test
  void aValueThatCannotBeSentIsRefused() {
    RequestBuilder builder = session.post("/");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.trailer("a", "b\r\nc: d"))
        .withMessageContaining("RFC 9110 section 5.5");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT-1S", "PT1H0.001S"})
  void aWaitThatIsNoneIsRefused(Duration wait) {
    RequestBuilder builder = session.post("/");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.expectContinue(wait))
        .withMessageContaining(wait.toString());
  }

  @Test
  void aBuiltRequestDoesNotChangeWithItsBuilder() {
    RequestBuilder builder = session.post("/").trailer("a", "b");
    Request built = builder.build();
    builder.trailer("c", "d").expectContinue();
    assertThat(built.transmission().trailers()).hasSize(1);
    assertThat(built.transmission().expectContinue()).isEmpty();
  }

  @Test
  void aRequestIsPlainUntilItAsksForMore() {
    assertThat(session.get("/").build().transmission().isPlain()).isTrue();
    assertThat(session.get("/").acceptTrailers().build().transmission().isPlain()).isFalse();
  }
}
