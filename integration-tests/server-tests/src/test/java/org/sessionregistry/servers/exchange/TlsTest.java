package org.sessionregistry.servers.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionregistry.ClientSession;
import org.sessionregistry.RequestBody;
import org.sessionregistry.SessionException;
import org.sessionregistry.TlsFailedException;
import org.sessionregistry.servers.exchange.Certificates.Identity;
import org.sessionregistry.settings.KeyStoreSettings;
import org.sessionregistry.settings.TlsSettings;

/** Whom a session trusts on https, and what it says when it does not. */
@ParameterizedClass
@EnumSource(
    value = PeerKind.class,
    names = {"JETTY", "UNDERTOW"})
class TlsTest {
  private static final Certificates CERTIFICATES = new Certificates();

  @Parameter PeerKind kind;

  @TempDir Path directory;

  @RegisterExtension final World world = new World();

  @Test
  void aServerThatAPemFileTrustsIsSpokenToOnOneConnection() throws Exception {
    Peer peer = secure(CERTIFICATES.right());
    ClientSession session = trusting(peer);

    for (int i = 0; i < 5; i++) {
      assertThat(session.post("/").body("hello").send().text()).isEqualTo("hello");
    }

    assertThat(session.statistics().pool().opened()).isOne();
    assertThat(session.statistics().pool().reused()).isEqualTo(4);
    assertThat(peer.usedConnections()).isOne();
  }

  @Test
  void aServerThatAKeyStoreTrustsIsSpokenTo() throws Exception {
    Path store = CERTIFICATES.authority().pkcs12(directory, "pass word");
    ClientSession session =
        session(
            secure(CERTIFICATES.right()),
            t -> t.withTrustStore(KeyStoreSettings.pkcs12(store, "pass word")));

    assertThat(session.post("/").body("hello").send().text()).isEqualTo("hello");
  }

  @Test
  void aServerIsVerifiedByNameAndByAddress() throws Exception {
    Peer peer = secure(CERTIFICATES.right());
    ClientSession session = trusting(peer);

    assertThat(session.get(peer.originAs("localhost")).send().status()).isEqualTo(200);
    assertThat(session.get(peer.originAs("127.0.0.1")).send().status()).isEqualTo(200);
  }

  @Test
  void aSelfSignedCertificateThatIsTrustedItselfIsGood() throws Exception {
    Identity selfSigned = CERTIFICATES.selfSigned();
    Path pem = selfSigned.pem(directory);
    ClientSession session = session(secure(selfSigned), t -> t.withTrustPem(pem));

    assertThat(session.get("/").send().status()).isEqualTo(200);
  }

  @Test
  void largeBodiesTravelBothWays() throws Exception {
    byte[] large = new byte[5 << 20];
    new Random(3).nextBytes(large);
    ClientSession session = trusting(secure(CERTIFICATES.right()));

    byte[] echoed = session.put("/").body(RequestBody.ofBytes(large)).send().bytes();

    assertThat(Arrays.equals(echoed, large)).isTrue();
  }

  @Test
  void aBodyThatNobodyReadsStopsTheServer() throws Exception {
    AtomicLong written = new AtomicLong();
    Peer peer =
        world.secure(
            kind,
            CERTIFICATES.right().server(),
            call -> {
              try (OutputStream out = call.output()) {
                for (int i = 0; i < 80; i++) {
                  out.write(new byte[1 << 20]);
                  written.addAndGet(1 << 20);
                }
              }
            });
    ClientSession session = trusting(peer);

    try (var response = session.get("/").send()) {
      assertThat(Wait.untilStill(written::get)).isLessThan(48 << 20);
      assertThat(session.statistics().bytesReceived()).isLessThan(1 << 20);
      InputStream stream = response.inputStream();
      stream.skipNBytes(80 << 20);
      assertThat(stream.read()).isEqualTo(-1);
    }
  }

  @Test
  void aCertificateOfAnUnknownAuthorityIsRefused() throws Exception {
    Path pem = new Certificates().authority().pem(directory);

    assertRefused(secure(CERTIFICATES.right()), t -> t.withTrustPem(pem), "certification path");
  }

  @Test
  void theJvmsAuthoritiesDoNotKnowOurs() {
    assertRefused(secure(CERTIFICATES.right()), t -> t, "certification path");
  }

  @Test
  void anExpiredCertificateIsRefused() throws Exception {
    Path pem = CERTIFICATES.authority().pem(directory);

    assertRefused(secure(CERTIFICATES.expired()), t -> t.withTrustPem(pem), "NotAfter");
  }

  @Test
  void aSelfSignedCertificateIsRefused() throws Exception {
    Path pem = CERTIFICATES.authority().pem(directory);

    assertRefused(
        secure(CERTIFICATES.selfSigned()), t -> t.withTrustPem(pem), "certification path");
  }

  @Test
  void aCertificateOfAnotherHostIsRefusedUnlessNamesAreNotVerified() throws Exception {
    Path pem = CERTIFICATES.authority().pem(directory);
    Peer peer = secure(CERTIFICATES.ofAnotherHost());

    assertRefused(peer, t -> t.withTrustPem(pem), "127.0.0.1");

    ClientSession careless = session(peer, t -> t.withTrustPem(pem).withVerifyHostname(false));
    assertThat(careless.post("/").body("hello").send().text()).isEqualTo("hello");
  }

  @Test
  void anUnknownAuthorityIsRefusedAlsoWhenNamesAreNotVerified() {
    assertRefused(
        secure(CERTIFICATES.right()), t -> t.withVerifyHostname(false), "certification path");
  }

  @Test
  void aPemFileThatIsMissingIsNamed() {
    Path missing = directory.resolve("no-such-file.pem");

    assertMaterialRefused(t -> t.withTrustPem(missing), "tls.trust-pem", missing);
  }

  @Test
  void aPemFileThatIsBrokenIsNamed() throws Exception {
    Path broken = directory.resolve("broken.pem");
    Files.writeString(broken, "-----BEGIN CERTIFICATE-----\nbroken\n-----END CERTIFICATE-----\n");

    assertMaterialRefused(t -> t.withTrustPem(broken), "tls.trust-pem", broken);
  }

  @Test
  void aPemFileWithoutCertificatesIsNamed() throws Exception {
    Path empty = Files.createFile(directory.resolve("empty.pem"));

    assertMaterialRefused(t -> t.withTrustPem(empty), "tls.trust-pem", empty);
  }

  @Test
  void aKeyStoreWithAnotherPasswordIsNamedAndItsPasswordIsNot() throws Exception {
    Path store = CERTIFICATES.authority().pkcs12(directory, "right");

    assertMaterialRefused(
        t -> t.withTrustStore(KeyStoreSettings.pkcs12(store, "wr0ng")),
        "tls.trust-store.path",
        store);
  }

  @Test
  void aPemFileThatWasMendedIsUsed() throws Exception {
    Path pem = directory.resolve("late.pem");
    ClientSession session = session(secure(CERTIFICATES.right()), t -> t.withTrustPem(pem));
    assertThat(catchThrowable(() -> session.get("/").send()))
        .isInstanceOf(TlsFailedException.class);

    Files.copy(CERTIFICATES.authority().pem(directory), pem);

    assertThat(session.get("/").send().status()).isEqualTo(200);
  }

  @Test
  void thereIsNoFallbackToPlainText() throws Exception {
    Peer plain = world.echo(kind);
    URI https = URI.create("https://127.0.0.1:" + plain.port() + "/");
    Path pem = CERTIFICATES.authority().pem(directory);
    ClientSession session = world.session(s -> s.baseUrl(https).tls(t -> t.withTrustPem(pem)));

    Throwable thrown = catchThrowable(() -> session.get("/").header("X-Trace", "secret").send());

    assertThat(thrown).isInstanceOf(TlsFailedException.class).hasMessageContaining(https + "");
    assertThat(plain.served()).isZero();
  }

  @Test
  void aServerThatSpeaksTlsDoesNotAnswerPlainText() throws Exception {
    Peer peer = secure(CERTIFICATES.right());
    ClientSession session = world.session(s -> s.baseUrl("http://127.0.0.1:" + peer.port()));

    Throwable thrown = catchThrowable(() -> session.get("/").send().bytes());

    if (thrown != null) { // some servers answer 400 in plain text
      assertThat(thrown).isInstanceOf(SessionException.class);
    }
    assertThat(peer.served()).isZero();
  }

  private Peer secure(Identity identity) {
    return world.secure(kind, identity.server(), call -> call.reply(call.see().body()));
  }

  private ClientSession session(Peer peer, UnaryOperator<TlsSettings> tls) {
    return world.session(peer, s -> s.tls(tls));
  }

  private ClientSession trusting(Peer peer) throws Exception {
    Path pem = CERTIFICATES.authority().pem(directory);
    return session(peer, t -> t.withTrustPem(pem));
  }

  private void assertRefused(Peer peer, UnaryOperator<TlsSettings> tls, String reason) {
    ClientSession session = session(peer, tls);

    Throwable thrown = catchThrowable(() -> session.get("/path").send());

    assertThat(thrown)
        .isInstanceOf(TlsFailedException.class)
        .hasMessageContaining("session '" + session.name() + "'")
        .hasMessageContaining(peer.origin() + "/path")
        .hasMessageContaining("the TLS handshake with 127.0.0.1:" + peer.port() + " failed")
        .hasMessageContaining(reason);
    World.assertQuiet(world.registryOf(session));
    assertThat(session.statistics().pool().opened()).isZero();
    assertThat(session.statistics().pool().openFailures()).isOne();
    assertThat(peer.served()).isZero();
  }

  private void assertMaterialRefused(UnaryOperator<TlsSettings> tls, String setting, Path file) {
    Peer peer = secure(CERTIFICATES.right());
    ClientSession session = session(peer, tls);

    Throwable thrown = catchThrowable(() -> session.get("/").send());

    assertThat(thrown)
        .isInstanceOf(TlsFailedException.class)
        .hasMessageContaining(setting)
        .hasMessageContaining(file.toString())
        .hasMessageNotContaining("wr0ng");
    assertThat(peer.peakConnections()).isZero();
  }
}
