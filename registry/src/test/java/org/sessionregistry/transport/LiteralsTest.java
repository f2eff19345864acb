package org.sessionregistry.transport;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LiteralsTest {
  @ParameterizedTest
  @ValueSource(strings = {"192.0.2.7", "0.0.0.0", "255.255.255.255", "::1", "2001:db8::7"})
  void anAddressIsParsed(String text) {
    assertThat(Literals.parse(text)).isPresent();
  }

  /** The JVM would ask the system for them, and that blocks. */
  @ParameterizedTest
  @ValueSource(
      strings = {"", "localhost", "256.1.1.1", "1.2.3", "1.2.3.999", "cafe", "x:1", "1::2::3"})
  void whatIsNoneIsAName(String text) {
    assertThat(Literals.parse(text)).isEmpty();
  }

  @Test
  void aListIsParsed() {
    assertThat(Literals.parseAll("192.0.2.7 , ::1"))
        .containsExactlyElementsOf(ScriptedLookup.parsed("192.0.2.7", "::1"));
  }
}
