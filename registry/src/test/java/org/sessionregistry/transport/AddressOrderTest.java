package org.sessionregistry.transport;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sessionregistry.settings.DnsPreference;

/** RFC 8305 section 4, with a First Address Family Count of 1. */
class AddressOrderTest {
  @ParameterizedTest
  @CsvSource({
    "SYSTEM, 1.1.1.1 1.1.1.2 ::1 ::2, 1.1.1.1 ::1 1.1.1.2 ::2",
    "SYSTEM, ::1 ::2 1.1.1.1, ::1 1.1.1.1 ::2",
    "SYSTEM, ::1 1.1.1.1 1.1.1.2 1.1.1.3, ::1 1.1.1.1 1.1.1.2 1.1.1.3",
    "IPV4, ::1 ::2 1.1.1.1, 1.1.1.1 ::1 ::2",
    "IPV6, 1.1.1.1 1.1.1.2 ::1, ::1 1.1.1.1 1.1.1.2",
    "IPV6, 1.1.1.1 1.1.1.2, 1.1.1.1 1.1.1.2",
    "IPV4, ::1, ::1",
  })
  void familiesTakeTurns(DnsPreference prefer, String answer, String expected) {
    assertThat(AddressOrder.of(ScriptedLookup.parsed(answer.split(" ")), prefer))
        .containsExactlyElementsOf(ScriptedLookup.parsed(expected.split(" ")));
  }
}
