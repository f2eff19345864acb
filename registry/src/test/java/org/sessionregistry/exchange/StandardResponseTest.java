package org.sessionregistry.exchange;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sessionregistry.HttpVersion;
import org.sessionregistry.Response;

class StandardResponseTest {
  private final World world = World.simple();

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({"199, false", "200, true", "204, true", "299, true", "300, false", "404, false"})
  void successIsA2xx(int status, boolean successful) {
    // RFC 9110 section 15
    world.send().thenAccept(r -> assertThat(r.isSuccessful()).isEqualTo(successful));
    world.connection().sent().head(status).end();
    assertThat(world.statistics().succeeded()).isEqualTo(1);
  }

  @Test
  void theContentTypeIsAsItWasSent() {
    Response response = world.respondedHead("content-type", "Text/HTML;Charset=latin1");
    assertThat(response.contentType()).contains("Text/HTML;Charset=latin1");
    assertThat(response.charset()).isEqualTo(ISO_8859_1);
  }

  @Test
  void withoutAContentTypeTheCharsetIsUtf8() {
    Response response = world.respondedHead();
    assertThat(response.contentType()).isEmpty();
    assertThat(response.charset()).isEqualTo(UTF_8);
  }

  @Test
  void theLengthIsWhatTheServerPromised() {
    assertThat(world.respondedHead("content-length", " 42 ").contentLength()).hasValue(42);
  }

  @Test
  void withoutAPromiseTheLengthIsUnknown() {
    assertThat(world.respondedHead().contentLength()).isEmpty();
  }

  @Test
  void aTransferEncodingOverridesTheLength() {
    // RFC 9112 section 6.3
    Response response = world.respondedHead("Content-Length", "42", "Transfer-Encoding", "chunked");
    assertThat(response.contentLength()).isEmpty();
  }

  @Test
  void theVersionIsThatOfTheResponse() {
    assertThat(world.respondedHead().version()).isEqualTo(HttpVersion.HTTP_1_1);
  }

  @Test
  void theTextFormMasksCredentials() {
    assertThat(world.respondedHead("Set-Cookie", "sid=s3cr3t", "Age", "1"))
        .hasToString("HTTP/1.1 200 Reason {Set-Cookie: *****, Age: 1}");
  }
}
