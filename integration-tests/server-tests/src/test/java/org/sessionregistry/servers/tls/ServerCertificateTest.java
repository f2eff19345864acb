package org.sessionregistry.servers.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionregistry.servers.tls.TlsWorld.assertFails;
import static org.sessionregistry.servers.tls.TlsWorld.get;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.sessionregistry.ClientSession;
import org.sessionregistry.ExpiredCertificateException;
import org.sessionregistry.PinMismatchException;
import org.sessionregistry.UntrustedCertificateException;
import org.sessionregistry.WrongHostException;
import org.sessionregistry.settings.TlsSettings;

/** Which certificates of servers are accepted, and what is said of those that are not. */
class ServerCertificateTest {
  private final TestAuthority authority = new TestAuthority();
  @TempDir Path files;
  @RegisterExtension final TlsWorld world = new TlsWorld();
  private Path trusted;

  @BeforeEach
  void trustTheAuthority() throws Exception {
    trusted = Credentials.writePem(files.resolve("trusted.pem"), List.of(authority.certificate()));
  }

  private ClientSession session(Credentials shown, UnaryOperator<TlsSettings> tls)
      throws Exception {
    return world.session(world.server(() -> TlsServer.showing(shown)), tls);
  }

  private ClientSession trusting(Credentials shown, UnaryOperator<TlsSettings> more)
      throws Exception {
    return session(shown, tls -> more.apply(tls.withTrustPem(trusted)));
  }

  @Test
  void aCertificateOfAnUnknownAuthorityIsNotTrusted() throws Exception {
    ClientSession session =
        trusting(new TestAuthority().issue("stranger", "127.0.0.1"), tls -> tls);

    assertFails(
        session,
        UntrustedCertificateException.class,
        "the TLS handshake with 127.0.0.1:",
        "certification path",
        "'CN=stranger' for 127.0.0.1, issued by 'CN=Test Authority",
        "client-session.s1.tls.trust-pem=" + trusted);
  }

  @Test
  void withoutSettingsTheJvmsAuthoritiesAreTrusted() throws Exception {
    ClientSession session = session(authority.issue("ours", "127.0.0.1"), tls -> tls);

    assertFails(
        session,
        UntrustedCertificateException.class,
        "'CN=ours'",
        "put that into client-session.s1.tls.trust-pem");
  }

  @Test
  void anExpiredCertificateIsToldFromAnUntrustedOne() throws Exception {
    ClientSession session = trusting(authority.issue("old", "EC", -3, -2, "127.0.0.1"), tls -> tls);

    assertFails(
        session, ExpiredCertificateException.class, "has expired", "NotAfter", "'CN=old'", "until");
  }

  @Test
  void aCertificateThatIsNotValidYetIsToldFromAnUntrustedOne() throws Exception {
    ClientSession session = trusting(authority.issue("early", "EC", 2, 3, "127.0.0.1"), tls -> tls);

    assertFails(
        session, ExpiredCertificateException.class, "is not valid yet", "'CN=early'", "valid from");
  }

  @Test
  void aCertificateOfAnotherHostIsToldFromAnUntrustedOne() throws Exception {
    ClientSession session =
        trusting(authority.issue("other", "other.example", "192.0.2.1"), tls -> tls);

    assertFails(
        session,
        WrongHostException.class,
        "does not name '127.0.0.1'",
        "for other.example, 192.0.2.1",
        "client-session.s1.tls.server-name");
  }

  @Test
  void namesNeedNotBeVerified() throws Exception {
    ClientSession session =
        trusting(authority.issue("other", "other.example"), tls -> tls.withVerifyHostname(false));

    assertThat(get(session)).isEqualTo("fine");
  }

  @Test
  void anotherNameCanBeAskedForAndVerified() throws Exception {
    TlsServer server =
        world.server(() -> TlsServer.showing(authority.issue("other", "other.example")));
    ClientSession session =
        world.session(server, tls -> tls.withTrustPem(trusted).withServerName("other.example"));

    assertThat(get(session)).isEqualTo("fine");
    assertThat(server.met().get(0).names()).containsExactly("other.example");
  }

  @Test
  void theNameThatIsAskedForIsVerifiedInsteadOfTheHost() throws Exception {
    ClientSession session =
        trusting(authority.issue("host", "127.0.0.1"), tls -> tls.withServerName("other.example"));

    assertFails(session, WrongHostException.class, "does not name 'other.example'");
  }

  @Test
  void everythingCanBeAccepted() throws Exception {
    ClientSession session =
        session(
            new TestAuthority().issue("old", "EC", -3, -2, "other.example"),
            tls -> tls.withTrustAll(true));

    assertThat(get(session)).isEqualTo("fine");
  }

  @Test
  void acceptingEverythingIsWarnedOfOnceForASession() throws Exception {
    try (LoggedWarnings warnings = new LoggedWarnings()) {
      ClientSession session =
          session(authority.issue("any", "127.0.0.1"), tls -> tls.withTrustAll(true));
      get(session);
      get(session);

      assertThat(warnings.texts())
          .singleElement()
          .asString()
          .contains("session 's1'", "tls.trust-all=true");
    }
  }

  @Test
  void theKeyOfTheServerCanBePinned() throws Exception {
    Credentials shown = authority.issue("pinned", "127.0.0.1");
    ClientSession session =
        trusting(shown, tls -> tls.withPins(List.of(pin(authorityOfNobody()), pin(shown))));

    assertThat(get(session)).isEqualTo("fine");
  }

  @Test
  void theKeyOfTheAuthorityCanBePinned() throws Exception {
    String pin = Credentials.pin(authority.certificate());
    ClientSession session =
        trusting(authority.issue("pinned", "127.0.0.1"), tls -> tls.withPins(List.of(pin)));

    assertThat(get(session)).isEqualTo("fine");
  }

  @Test
  void aTrustedCertificateWithAnotherKeyIsRefused() throws Exception {
    Credentials shown = authority.issue("replaced", "127.0.0.1");
    ClientSession session = trusting(shown, tls -> tls.withPins(List.of(pin(authorityOfNobody()))));

    assertFails(
        session,
        PinMismatchException.class,
        pin(shown),
        Credentials.pin(authority.certificate()),
        "client-session.s1.tls.pins");
  }

  @Test
  void aPinnedCertificateThatIsOnlySentAlongDoesNotCount() throws Exception {
    Credentials pinned = authorityOfNobody();
    Credentials shown = authority.issue("sly", "127.0.0.1").sending(pinned.certificate());
    ClientSession session = trusting(shown, tls -> tls.withPins(List.of(pin(pinned))));

    assertFails(session, PinMismatchException.class, "none of tls.pins is in its chain");
  }

  @Test
  void pinsAreCheckedEvenWhenEverythingIsTrusted() throws Exception {
    Credentials shown = authority.issue("any", "127.0.0.1");
    ClientSession right =
        session(shown, tls -> tls.withTrustAll(true).withPins(List.of(pin(shown))));
    ClientSession wrong =
        session(shown, tls -> tls.withTrustAll(true).withPins(List.of(pin(authorityOfNobody()))));

    assertThat(get(right)).isEqualTo("fine");
    assertFails(wrong, PinMismatchException.class, pin(shown));
  }

  @Test
  void aPinDoesNotMakeACertificateTrusted() throws Exception {
    Credentials shown = new TestAuthority().issue("stranger", "127.0.0.1");
    ClientSession session = trusting(shown, tls -> tls.withPins(List.of(pin(shown))));

    assertFails(session, UntrustedCertificateException.class, "'CN=stranger'");
  }

  private static Credentials authorityOfNobody() {
    return new TestAuthority().issue("nobody", "127.0.0.1");
  }

  private static String pin(Credentials credentials) {
    try {
      return Credentials.pin(credentials.certificate());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
