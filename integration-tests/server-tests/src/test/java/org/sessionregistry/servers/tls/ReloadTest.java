package org.sessionregistry.servers.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.sessionregistry.servers.tls.TlsWorld.assertFails;
import static org.sessionregistry.servers.tls.TlsWorld.get;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.sessionregistry.ClientSession;
import org.sessionregistry.TlsConfigurationException;
import org.sessionregistry.TlsFailedException;
import org.sessionregistry.UntrustedCertificateException;

/** Certificates are replaced while a session is in use. */
class ReloadTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final TestAuthority before = new TestAuthority();
  private final TestAuthority after = new TestAuthority();
  @TempDir Path files;
  @RegisterExtension final TlsWorld world = new TlsWorld();

  @Test
  void aFileThatHasChangedIsReadForNewConnections() throws Exception {
    Path trusted = trust(before);
    TlsServer server = world.server(() -> TlsServer.showing(before.issue("before", "127.0.0.1")));
    ClientSession session = world.session(server, tls -> tls.withTrustPem(trusted));
    assertThat(get(session)).isEqualTo("fine");

    server.show(after.issue("after", "127.0.0.1"));
    assertFails(session, UntrustedCertificateException.class, "'CN=after'");
    trust(after);

    until(() -> succeeds(session));
  }

  @Test
  void aSessionShowsTheCertificateThatReplacedItsOwn() throws Exception {
    Path trusted = trust(before);
    Path certificate = files.resolve("client.pem");
    Path key = files.resolve("client.key");
    Credentials first = before.issue("first");
    first.writeChain(certificate);
    first.writeKey(key);
    TlsServer server =
        world.server(() -> TlsServer.demanding(before, before.issue("server", "127.0.0.1")));
    ClientSession session =
        world.session(server, tls -> tls.withTrustPem(trusted).identifiedBy(certificate, key));
    get(session);

    Credentials second = before.issue("second");
    second.writeChain(certificate);
    second.writeKey(key);

    until(() -> succeeds(session) && lastClient(server).equals("CN=second"));
    assertThat(server.met().get(0).client()).isEqualTo("CN=first");
  }

  @Test
  void aBrokenFileLeavesTheCertificatesAsTheyWereAndIsWarnedOfOnce() throws Exception {
    Path trusted = trust(before);
    TlsServer server = world.server(() -> TlsServer.showing(before.issue("server", "127.0.0.1")));
    ClientSession session = world.session(server, tls -> tls.withTrustPem(trusted));
    get(session);

    try (LoggedWarnings warnings = new LoggedWarnings()) {
      Files.writeString(trusted, "broken");
      until(() -> succeeds(session) && !warnings.texts().isEmpty());
      long warned = System.nanoTime();
      until(
          () ->
              succeeds(session) && System.nanoTime() - warned > Duration.ofMillis(1500).toNanos());

      assertThat(warnings.texts())
          .singleElement()
          .asString()
          .contains("session 's1'", "tls.trust-pem " + trusted + " has no certificate");
    }
  }

  @Test
  void aFileThatWasBrokenFromTheStartIsUsedOnceItIsMended() throws Exception {
    Path trusted = files.resolve("trusted.pem");
    TlsServer server = world.server(() -> TlsServer.showing(before.issue("server", "127.0.0.1")));
    ClientSession session = world.session(server, tls -> tls.withTrustPem(trusted));
    assertFails(session, TlsConfigurationException.class, "tls.trust-pem " + trusted);

    trust(before);

    assertThat(get(session)).isEqualTo("fine");
  }

  private Path trust(TestAuthority authority) throws IOException {
    return Credentials.writePem(files.resolve("trusted.pem"), List.of(authority.certificate()));
  }

  private static boolean succeeds(ClientSession session) {
    try {
      return get(session).equals("fine");
    } catch (TlsFailedException notYet) {
      return false;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static String lastClient(TlsServer server) {
    List<TlsServer.Met> met = server.met();
    return met.get(met.size() - 1).client();
  }

  /** Asks again and again; each asking is a connection. */
  private static void until(BooleanSupplier condition) {
    long begun = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - begun > PATIENCE.toNanos()) {
        fail("not within " + PATIENCE);
      }
    }
  }
}
