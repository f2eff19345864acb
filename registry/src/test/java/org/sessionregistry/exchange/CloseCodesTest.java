package org.sessionregistry.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sessionregistry.WebSocketClose;

/** RFC 6455 section 7.4, and the codes that IANA has registered since. */
class CloseCodesTest {
  @ParameterizedTest(name = "section {0}: {1} to {2}")
  @CsvSource({
    "7.4.2, 0, 999, false",
    "7.4.1, 1000, 1003, true",
    "7.4.1, 1004, 1004, false", // reserved
    "7.4.1, 1005, 1006, false", // only say what happened
    "7.4.1, 1007, 1011, true",
    "IANA, 1012, 1014, true",
    "7.4.1, 1015, 1015, false",
    "7.4.2, 1016, 2999, false",
    "7.4.2, 3000, 4999, true",
    "7.4.2, 5000, 65535, false",
  })
  void whatMayStandInACloseFrame(String section, int first, int last, boolean may)
      throws WebSocketViolation {
    for (int code = first; code <= last; code++) {
      int each = code;
      byte[] payload = {(byte) (code >> 8), (byte) code};
      if (may) {
        assertThat(CloseCodes.payload(code, "")).isEqualTo(payload);
        assertThat(CloseCodes.read(payload)).isEqualTo(new WebSocketClose(code, ""));
      } else {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> CloseCodes.payload(each, ""))
            .withMessageContaining("close code " + code);
        assertThatExceptionOfType(WebSocketViolation.class)
            .isThrownBy(() -> CloseCodes.read(payload))
            .satisfies(e -> assertThat(e.code).isEqualTo(CloseCodes.PROTOCOL_ERROR));
      }
    }
  }

  @ParameterizedTest(name = "section {0}: {1}")
  @CsvSource({
    "5.5.1, 03, 1002", // half a code
    "5.5.1, 03e8ff, 1007", // no UTF-8
    "8.1, 03e8e282, 1007", // half a character
  })
  void aWrongCloseFrameIsAViolation(String section, String payload, int code) {
    assertThatExceptionOfType(WebSocketViolation.class)
        .isThrownBy(() -> CloseCodes.read(HexFormat.of().parseHex(payload)))
        .satisfies(e -> assertThat(e.code).isEqualTo(code));
  }

  @Test
  void aCloseFrameNeedNotSayWhy() throws WebSocketViolation { // section 7.1.5
    assertThat(CloseCodes.read(new byte[0])).isEqualTo(new WebSocketClose(1005, ""));
  }

  @Test
  void theReasonIsCountedInBytes() throws WebSocketViolation { // section 5.5
    String fits = "\u20ac".repeat(41);
    assertThat(CloseCodes.read(CloseCodes.payload(1000, fits)).reason()).isEqualTo(fits);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CloseCodes.payload(1000, fits + "x"))
        .withMessageContaining("124 bytes");
  }
}
