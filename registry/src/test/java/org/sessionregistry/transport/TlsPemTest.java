package org.sessionregistry.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.util.Base64;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read from PEM files, and what is said of what cannot be read. */
class TlsPemTest {
  @TempDir Path directory;

  private Pem pem(String content) throws IOException {
    Path file = Files.writeString(directory.resolve("a.pem"), content);
    return Pem.read("tls.key-pem", file);
  }

  private static String block(String label, byte[] content) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(label, Base64.getMimeEncoder().encodeToString(content), label);
  }

  @ParameterizedTest
  @CsvSource({"RSA, RSA", "EC, EC", "Ed25519, EdDSA"})
  void keysOfEachAlgorithmAreRead(String generated, String algorithm) throws Exception {
    PrivateKey key = KeyPairGenerator.getInstance(generated).generateKeyPair().getPrivate();

    PrivateKey read = pem("a comment\n" + block("PRIVATE KEY", key.getEncoded())).privateKey();

    assertThat(read.getAlgorithm()).isEqualTo(algorithm);
    assertThat(read.getEncoded()).isEqualTo(key.getEncoded());
  }

  @Test
  void certificatesAreReadInTheirOrder() throws Exception {
    assertThat(
            pem("first:\n" + TestCertificates.B + "then:\r\n" + TestCertificates.A).certificates())
        .extracting(c -> c.getSubjectX500Principal().getName())
        .containsExactly("CN=Test authority b", "CN=Test authority a");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ENCRYPTED PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY"})
  void aKeyOfAnotherFormIsRefusedWithItsRemedy(String label) throws Exception {
    Pem pem = pem(block(label, "s3cret".getBytes(StandardCharsets.US_ASCII)));

    assertRefused(pem::privateKey, "openssl ");
  }

  @Test
  void aBrokenKeyIsRefused() throws Exception {
    assertRefused(pem(block("PRIVATE KEY", new byte[] {1, 2}))::privateKey, "is broken");
  }

  @Test
  void aKeyOfAnUnknownAlgorithmIsRefused() throws Exception {
    byte[] key = KeyPairGenerator.getInstance("X25519").generateKeyPair().getPrivate().getEncoded();

    assertRefused(pem(block("PRIVATE KEY", key))::privateKey, "neither an RSA");
  }

  @Test
  void aFileWithoutKeyIsRefused() throws Exception {
    assertRefused(pem(TestCertificates.A)::privateKey, "has no private key");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "nothing", "-----BEGIN CERTIFICATE-----\nAAAA"})
  void aFileWithoutCertificateIsRefused(String content) throws Exception {
    assertRefused(pem(content)::certificates, "has no certificate");
  }

  @Test
  void aBrokenCertificateIsRefused() throws Exception {
    assertRefused(pem(block("CERTIFICATE", new byte[] {1, 2}))::certificates, "cannot be read as");
  }

  @Test
  void aFileThatIsMissingIsNamed() {
    Path missing = directory.resolve("a.pem");

    assertRefused(() -> Pem.read("tls.key-pem", missing), "cannot be read", "NoSuchFile");
  }

  private void assertRefused(ThrowingCallable reading, String... parts) {
    assertThatExceptionOfType(TlsConfigurationFailure.class)
        .isThrownBy(reading)
        .withMessageStartingWith("tls.key-pem " + directory.resolve("a.pem"))
        .satisfies(e -> assertThat(e.getMessage()).contains(parts).doesNotContain("s3cret"));
  }
}
