package org.sessionregistry.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of TLS that cannot be used are told before any session is opened. */
class BrokenFilesTest {
  @TempDir static Path directory;
  private static TlsMaterial files;

  @BeforeAll
  static void make() {
    files = TlsMaterial.in(directory);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          trust-pem=missing.pem                                      | trust-pem            | cannot be read
          trust-pem=empty.pem                                        | trust-pem            | has no certificate
          trust-pem=broken.pem                                       | trust-pem            | cannot be read as certificates
          trust-pem=own.p12                                          | trust-pem            | has no certificate
          trust-store.path=missing.p12                               | trust-store.path     | cannot be read as PKCS12 with no password
          trust-store.path=trust.p12 trust-store.password=wrong      | trust-store.path     | cannot be read as PKCS12 with the password
          trust-store.path=own.pem trust-store.password=s3cret       | trust-store.path     | cannot be read as PKCS12
          trust-store.path=trust.p12 trust-store.type=JKX            | trust-store.type     | no such type
          key-store.path=trust.p12 key-store.password=s3cret         | key-store.path       | has no private key
          certificate-pem=own.pem                                    | certificate-pem      | has no private key; name its file in tls.key-pem
          certificate-pem=missing.pem key-pem=own.key                | certificate-pem      | cannot be read
          certificate-pem=own.pem key-pem=own.pem                    | key-pem              | has no private key
          certificate-pem=own.pem key-pem=missing.key                | key-pem              | cannot be read
          protocols=TLSv9                                            | protocols            | which this JVM does not support
          ciphers=TLS_NONE                                           | ciphers              | which this JVM does not support
          """)
  void aFileThatCannotBeUsedIsOneProblemOfItsKey(String settings, String key, String explanation) {
    assertThat(given(settings).problems())
        .singleElement()
        .asString()
        .startsWith("`client-session.a.tls." + key + "` = `")
        .contains("(application.properties, ordinal 100): expected what can be used here: tls.")
        .contains(explanation)
        .doesNotContain(TlsMaterial.PASSWORD, "wrong");
  }

  @ParameterizedTest
  @CsvSource({
    "trust-pem=own.pem",
    "trust-store.path=trust.p12 trust-store.password=s3cret",
    "key-store.path=own.p12 key-store.password=s3cret",
    "certificate-pem=own.pem key-pem=own.key",
    "protocols=TLSv1.3"
  })
  void whatCanBeUsedIsTaken(String settings) {
    assertThat(given(settings).read().sessions()).containsOnlyKeys("a");
  }

  @Test
  void aFileOfSeveralSessionsIsToldOnceWhereItWasSet() {
    String missing = files.file("missing.pem");
    assertThat(
            Given.properties(
                    "client-session-defaults.tls.trust-pem", missing,
                    "client-session.a.user-agent", "x",
                    "client-session.b.user-agent", "x",
                    "client-session.c.tls.trust-pem", missing,
                    "client-session.d.extends", "c")
                .refusal()
                .problems())
        .extracting(Problem::key)
        .containsExactly("client-session-defaults.tls.trust-pem", "client-session.c.tls.trust-pem");
  }

  private static Given given(String settings) {
    List<String> all =
        List.of(settings.split(" ")).stream()
            .flatMap(one -> List.of(one.split("=")).stream())
            .map(word -> word.matches(".*\\.(pem|p12|key)") ? files.file(word) : word)
            .toList();
    String[] properties = all.toArray(String[]::new);
    for (int i = 0; i < properties.length; i += 2) {
      properties[i] = "client-session.a.tls." + properties[i];
    }
    return Given.properties(properties);
  }
}
