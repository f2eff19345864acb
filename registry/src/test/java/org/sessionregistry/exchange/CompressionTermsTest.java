package org.sessionregistry.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * RFC 7692: what a server may say to the offer of {@code permessage-deflate} without parameters.
 */
class CompressionTermsTest {
  /** Several header fields are separated by a stroke. */
  private static List<String> fields(String all) {
    return all == null ? List.of() : Arrays.stream(all.split("\\|")).map(String::strip).toList();
  }

  @ParameterizedTest(name = "section {0}: {1}")
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "5.1     ~ permessage-deflate                                                ~ false ~ false",
        "5.1     ~ Permessage-Deflate                                                ~ false ~ false",
        "7.1.1.1 ~ permessage-deflate; server_no_context_takeover                    ~ true  ~ false",
        "7.1.1.2 ~ permessage-deflate; client_no_context_takeover                    ~ false ~ true",
        "7.1.1   ~ permessage-deflate;client_no_context_takeover;server_no_context_takeover ~ true ~ true",
        "7.1.1   ~ permessage-deflate ; Server_No_Context_Takeover                   ~ true  ~ false",
        "7.1.2.1 ~ permessage-deflate; server_max_window_bits=8                      ~ false ~ false",
        "7.1.2.1 ~ permessage-deflate; server_max_window_bits=15                     ~ false ~ false",
        "7.1.2.1 ~ permessage-deflate; server_max_window_bits = \"10\"               ~ false ~ false",
        "7.1.2.1 ~ permessage-deflate; server_max_window_bits=9; server_no_context_takeover ~ true ~ false",
      })
  void whatTheServerMaySay(
      String section, String said, boolean serverForgets, boolean clientForgets) {
    assertThat(CompressionTerms.agreed(fields(said), true))
        .contains(new CompressionTerms(serverForgets, clientForgets));
  }

  @ParameterizedTest(name = "section {0}: {1}")
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "5.1     ~ permessage-deflate, permessage-deflate",
        "5.1     ~ permessage-deflate | permessage-deflate",
        "5.1     ~ permessage-deflate, x-other",
        "5.1     ~ x-other, permessage-deflate",
        "5.1     ~ x-webkit-deflate-frame",
        "5.1     ~ permessage-deflate2",
        "7       ~ permessage-deflate; unknown",
        "7       ~ permessage-deflate; server_no_context_takeover; server_no_context_takeover",
        "7.1.1.1 ~ permessage-deflate; server_no_context_takeover=1",
        "7.1.1.2 ~ permessage-deflate; client_no_context_takeover=true",
        "7.1.2.1 ~ permessage-deflate; server_max_window_bits",
        "7.1.2.1 ~ permessage-deflate; server_max_window_bits=7",
        "7.1.2.1 ~ permessage-deflate; server_max_window_bits=16",
        "7.1.2.1 ~ permessage-deflate; server_max_window_bits=08",
        "7.1.2.1 ~ permessage-deflate; server_max_window_bits=",
        "7.1.2.1 ~ permessage-deflate; server_max_window_bits=10; server_max_window_bits=10",
        "7.1.2.2 ~ permessage-deflate; client_max_window_bits=10",
        "7.1.2.2 ~ permessage-deflate; client_max_window_bits",
      })
  void whatTheServerMustNotSay(String section, String said) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CompressionTerms.agreed(fields(said), true))
        .withMessageContaining(said.split("[;,|]", 2)[0].strip());
  }

  @Test
  void aServerNeedNotCompress() {
    assertThat(CompressionTerms.agreed(List.of(), true)).isEmpty();
    assertThat(CompressionTerms.agreed(List.of("", " "), true)).isNotPresent();
  }

  @Test
  void whatWasNotOfferedIsNotTaken() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CompressionTerms.agreed(List.of("permessage-deflate"), false));
  }
}
