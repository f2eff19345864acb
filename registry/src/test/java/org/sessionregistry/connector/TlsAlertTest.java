package org.sessionregistry.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TlsAlertTest {
  /** RFC 8446 section 6.2. */
  @ParameterizedTest
  @CsvSource({
    "bad_certificate, true, false",
    "certificate_required, true, false",
    "unknown_ca, true, false",
    "certificate_expired, true, false",
    "handshake_failure, false, true",
    "protocol_version, false, true",
    "insufficient_security, false, true",
    "internal_error, false, false",
    "unrecognized_name, false, false",
  })
  void anAlertTellsWhatItIsAbout(String name, boolean certificate, boolean parameters) {
    TlsAlert alert =
        TlsAlert.in(new SSLHandshakeException("Received fatal alert: " + name)).orElseThrow();

    assertThat(alert.description()).isEqualTo(name);
    assertThat(alert.refusesCertificate()).isEqualTo(certificate);
    assertThat(alert.refusesParameters()).isEqualTo(parameters);
  }

  @Test
  void anAlertIsFoundAmongTheCauses() {
    Throwable failure =
        new IOException("decoding", new SSLException("Received fatal alert: unknown_ca"));

    assertThat(TlsAlert.in(failure)).contains(new TlsAlert("unknown_ca"));
  }

  @Test
  void anAlertThatIsNamedBeforeTheSentenceTooIsFound() {
    Throwable failure =
        new SSLException("(protocol_version) Received fatal alert: protocol_version");

    assertThat(TlsAlert.in(failure)).contains(new TlsAlert("protocol_version"));
  }

  @Test
  void whatIsNoAlertIsNone() {
    assertThat(TlsAlert.in(null)).isEmpty();
    assertThat(TlsAlert.in(new IOException("Received fatal alert: unknown_ca"))).isEmpty();
    assertThat(TlsAlert.in(new SSLException("closed"))).isEmpty();
    assertThat(TlsAlert.in(new SSLException((String) null))).isEmpty();
  }
}
