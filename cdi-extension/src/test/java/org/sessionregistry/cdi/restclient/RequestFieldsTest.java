package org.sessionregistry.cdi.restclient;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sessionregistry.ClientSession;
import org.sessionregistry.Request;
import org.sessionregistry.RequestBuilder;
import org.sessionregistry.SessionRegistry;
import org.sessionregistry.settings.SessionSettings;

class RequestFieldsTest {
  @ParameterizedTest
  @CsvSource({
    "Content-Length, 12", // RFC 9112 section 6.2
    "transfer-encoding, chunked", // RFC 9112 section 6.1
    "Connection, keep-alive", // RFC 9110 section 7.6.1
    "TE, trailers", // RFC 9110 section 10.1.4
    "Trailer, X-Sum", // RFC 9110 section 6.6.2
    "Upgrade, h2c" // RFC 9110 section 7.8
  })
  void fieldsThatFrameTheMessageAreLeftToTheSession(String name, String value) {
    assertThat(copied(Map.of(name, List.of(value))).headers().size()).isZero();
  }

  @Test
  void allOthersAreCopiedWithAllTheirValues() {
    Request request = copied(Map.of("X-A", List.of("1", "2")));

    assertThat(request.headers().all("x-a")).containsExactly("1", "2");
  }

  @Test
  void anExpectationIsTheSessionsToFulfil() {
    // RFC 9110 section 10.1.1
    Request request = copied(Map.of("Expect", List.of("100-Continue")));

    assertThat(request.transmission().expectContinue()).isPresent();
    assertThat(request.headers().size()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"12, 12", "' 12 ', 12", "many, -1", "-1, -1", "99999999999999999999, -1"})
  void aPromisedLengthIsKeptIfItIsOne(String value, long length) {
    assertThat(RequestFields.length(Map.of("content-length", List.of(value))).orElse(-1))
        .isEqualTo(length);
  }

  private static Request copied(Map<String, List<String>> fields) {
    try (SessionRegistry registry = SessionRegistry.builder().build()) {
      ClientSession session =
          registry.open(SessionSettings.builder("any").baseUrl("http://127.0.0.1:1").build());
      RequestBuilder request = session.post("/");
      RequestFields.copy(fields, request);
      return request.build();
    }
  }
}
