package org.sessionregistry.servers.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sessionregistry.servers.tls.TlsWorld.assertFails;
import static org.sessionregistry.servers.tls.TlsWorld.get;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionregistry.ClientCertificateRefusedException;
import org.sessionregistry.ClientSession;
import org.sessionregistry.TlsConfigurationException;
import org.sessionregistry.TlsFailedException;
import org.sessionregistry.settings.KeyStoreSettings;
import org.sessionregistry.settings.Secret;
import org.sessionregistry.settings.TlsSettings;

/** Who a session is towards servers that ask for a certificate. */
class ClientCertificateTest {
  private static final String[] ANY = {};

  private final TestAuthority authority = new TestAuthority();
  private final Credentials own = authority.issue("client");
  @TempDir Path files;
  @RegisterExtension final TlsWorld world = new TlsWorld();
  private Path trusted;

  @BeforeEach
  void trustTheAuthority() throws Exception {
    trusted = Credentials.writePem(files.resolve("trusted.pem"), List.of(authority.certificate()));
  }

  private TlsServer server(String... protocols) throws Exception {
    return world.server(
        () -> TlsServer.demanding(authority, authority.issue("server", "127.0.0.1"), protocols));
  }

  private ClientSession session(TlsServer server, UnaryOperator<TlsSettings> more) {
    return world.session(server, tls -> more.apply(tls.withTrustPem(trusted)));
  }

  @ParameterizedTest
  @CsvSource({"RSA, TLSv1.2", "EC, TLSv1.2", "RSA, TLSv1.3", "EC, TLSv1.3", "Ed25519, TLSv1.3"})
  void aCertificateOfAPemFileIsShown(String algorithm, String protocol) throws Exception {
    Credentials shown = authority.issue("client", algorithm, -1, 1);
    Path certificate = shown.writeChain(files.resolve("client.pem"));
    Path key = shown.writeKey(files.resolve("client.key"));
    TlsServer server = server(protocol);

    assertThat(get(session(server, tls -> tls.identifiedBy(certificate, key)))).isEqualTo("fine");
    assertThat(server.met().get(0).client()).isEqualTo("CN=client");
    assertThat(server.met().get(0).protocol()).isEqualTo(protocol);
  }

  @Test
  void keyAndCertificateMayStandInOneFile() throws Exception {
    Path both = own.writeKey(files.resolve("both.pem"));
    Path chain = own.writeChain(files.resolve("chain.pem"));
    Files.writeString(both, Files.readString(chain), StandardOpenOption.APPEND);
    TlsServer server = server();

    assertThat(get(session(server, tls -> tls.withCertificatePem(both)))).isEqualTo("fine");
    assertThat(server.met().get(0).client()).isEqualTo("CN=client");
  }

  @Test
  void aCertificateOfAKeyStoreIsShown() throws Exception {
    Path store = own.writeStore(files.resolve("client.p12"));
    TlsServer server = server();

    assertThat(
            get(
                session(
                    server,
                    tls -> tls.withKeyStore(KeyStoreSettings.pkcs12(store, Credentials.PASSWORD)))))
        .isEqualTo("fine");
    assertThat(server.met().get(0).client()).isEqualTo("CN=client");
  }

  @Test
  void aServerThatMissesACertificateSaysSo() throws Exception {
    assertFails(
        session(server("TLSv1.3"), tls -> tls),
        ClientCertificateRefusedException.class,
        "the server wants a client certificate: set client-session.s1.tls.key-store.path or"
            + " client-session.s1.tls.certificate-pem");
  }

  /**
   * In TLS 1.2 a server may say handshake_failure (RFC 5246 section 7.4.6), as newer JDKs do, which
   * can mean other things as well: the message then names this one too.
   */
  @Test
  void aServerOfTls12ThatMissesACertificateIsToldFromOneThatIsDown() throws Exception {
    ClientSession session = session(server("TLSv1.2"), tls -> tls);

    assertThatThrownBy(() -> get(session))
        .isInstanceOf(TlsFailedException.class)
        .hasMessageContaining("client certificate");
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void aServerThatRefusesACertificateSaysSo(String protocol) throws Exception {
    Credentials expired = authority.issue("expired", "EC", -3, -2);
    Path certificate = expired.writeChain(files.resolve("expired.pem"));
    Path key = expired.writeKey(files.resolve("expired.key"));

    assertFails(
        session(server(protocol), tls -> tls.identifiedBy(certificate, key)),
        ClientCertificateRefusedException.class,
        "does not accept the certificate of client-session.s1.tls.certificate-pem=" + certificate);
  }

  @Test
  void anEncryptedKeyIsRefusedWithARemedy() throws Exception {
    Path certificate = own.writeChain(files.resolve("client.pem"));
    Path key =
        Files.writeString(
            files.resolve("client.key"),
            Credentials.pem("ENCRYPTED PRIVATE KEY", new byte[] {1, 2, 3}));

    assertUnusable(
        tls -> tls.identifiedBy(certificate, key),
        "tls.key-pem " + key,
        "is encrypted",
        "openssl pkey");
  }

  @Test
  void aKeyThatIsNotPkcs8IsRefusedWithARemedy() throws Exception {
    Path certificate = own.writeChain(files.resolve("client.pem"));
    Path key =
        Files.writeString(
            files.resolve("client.key"), Credentials.pem("EC PRIVATE KEY", new byte[] {1, 2, 3}));

    assertUnusable(
        tls -> tls.identifiedBy(certificate, key),
        "tls.key-pem " + key,
        "not PKCS#8",
        "openssl pkcs8 -topk8");
  }

  @Test
  void aKeyOfAnotherCertificateIsRefused() throws Exception {
    Path certificate = own.writeChain(files.resolve("client.pem"));
    Path key = authority.issue("another").writeKey(files.resolve("another.key"));

    assertUnusable(
        tls -> tls.identifiedBy(certificate, key),
        "tls.key-pem "
            + key
            + " is not the key of the first certificate in tls.certificate-pem "
            + certificate);
  }

  @Test
  void aCertificateWithoutItsKeyIsRefused() throws Exception {
    Path certificate = own.writeChain(files.resolve("client.pem"));

    assertUnusable(
        tls -> tls.withCertificatePem(certificate),
        "tls.certificate-pem " + certificate + " has no private key; name its file in tls.key-pem");
  }

  @Test
  void aKeyStoreWithAnotherPasswordIsNamed() throws Exception {
    Path store = own.writeStore(files.resolve("client.p12"));

    assertUnusable(
        tls -> tls.withKeyStore(KeyStoreSettings.pkcs12(store, "wr0ng")),
        "tls.key-store.path " + store,
        "password");
  }

  @Test
  void aKeyStoreWithoutKeyIsNamed() throws Exception {
    Path store = files.resolve("empty.p12");
    try (var out = Files.newOutputStream(store)) {
      var empty = java.security.KeyStore.getInstance("PKCS12");
      empty.load(null, null);
      empty.store(out, "x".toCharArray());
    }

    assertUnusable(
        tls -> tls.withKeyStore(KeyStoreSettings.pkcs12(store, "x")),
        "tls.key-store.path " + store + " has no private key");
    assertUnusable(
        tls ->
            new TlsSettings(
                KeyStoreSettings.pkcs12(store, "x"),
                Optional.empty(),
                false,
                KeyStoreSettings.NONE,
                Optional.empty(),
                Optional.empty(),
                true,
                Optional.empty(),
                List.of(),
                List.of(),
                List.of()),
        "tls.trust-store.path " + store + " has no trusted certificate");
  }

  @Test
  void aKeyStoreOfAnUnknownTypeIsNamed() throws Exception {
    Path store = own.writeStore(files.resolve("client.p12"));

    assertUnusable(
        tls ->
            tls.withKeyStore(
                new KeyStoreSettings(
                    Optional.of(store), Optional.of(new Secret("wr0ng")), "PKCS13")),
        "tls.key-store.type=PKCS13",
        "PKCS12 or JKS");
  }

  private void assertUnusable(UnaryOperator<TlsSettings> settings, String... parts)
      throws Exception {
    TlsServer server = server(ANY);
    ClientSession session = session(server, settings);

    assertFails(session, TlsConfigurationException.class, parts);
    assertThat(server.accepted()).isZero();
  }
}
