package org.sessionregistry.servers.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionregistry.servers.tls.TlsWorld.assertFails;
import static org.sessionregistry.servers.tls.TlsWorld.get;

import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.sessionregistry.ClientSession;
import org.sessionregistry.TlsConfigurationException;
import org.sessionregistry.TlsNegotiationException;
import org.sessionregistry.settings.TlsSettings;

/** What client and server agree on, and that they remember it. */
class ConnectionSecurityTest {
  private final TestAuthority authority = new TestAuthority();
  @TempDir Path files;
  @RegisterExtension final TlsWorld world = new TlsWorld();
  private Path trusted;

  @BeforeEach
  void trustTheAuthority() throws Exception {
    trusted = Credentials.writePem(files.resolve("trusted.pem"), List.of(authority.certificate()));
  }

  private TlsServer server(String... protocols) throws Exception {
    return world.server(() -> TlsServer.showing(authority.issue("server", "127.0.0.1"), protocols));
  }

  private ClientSession session(TlsServer server, UnaryOperator<TlsSettings> more) {
    return world.session(server, tls -> more.apply(tls.withTrustPem(trusted)));
  }

  @Test
  void theOfferedProtocolIsUsed() throws Exception {
    TlsServer server = server();

    get(session(server, tls -> tls.withProtocols(List.of("TLSv1.2"))));
    get(session(server, tls -> tls.withProtocols(List.of("TLSv1.2", "TLSv1.3"))));

    assertThat(server.met())
        .extracting(TlsServer.Met::protocol)
        .containsExactly("TLSv1.2", "TLSv1.3");
  }

  @Test
  void noProtocolInCommonIsToldFromOtherFailures() throws Exception {
    assertFails(
        session(server("TLSv1.2"), tls -> tls.withProtocols(List.of("TLSv1.3"))),
        TlsNegotiationException.class,
        "client-session.s1.tls.protocols=TLSv1.3");
  }

  @Test
  void noCipherSuiteInCommonIsToldFromOtherFailures() throws Exception {
    assertFails(
        session(
            server("TLSv1.2"),
            tls ->
                tls.withProtocols(List.of("TLSv1.2"))
                    .withCiphers(
                        List.of("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"))), // its key is EC
        TlsNegotiationException.class,
        "client-session.s1.tls.ciphers=TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");
  }

  @Test
  void aProtocolThatTheJvmHasForbiddenIsToldFromOtherFailures() throws Exception {
    assertFails(
        session(server(), tls -> tls.withProtocols(List.of("TLSv1"))),
        TlsNegotiationException.class,
        "No appropriate protocol",
        "client-session.s1.tls.protocols=TLSv1");
  }

  @Test
  void aProtocolOrCipherSuiteThatTheJvmDoesNotKnowIsNamed() throws Exception {
    TlsServer server = server();

    assertFails(
        session(server, tls -> tls.withProtocols(List.of("TLSv1.3", "TLSv9"))),
        TlsConfigurationException.class,
        "tls.protocols has 'TLSv9'",
        "it supports ",
        "TLSv1.2, TLSv1.3");
    assertFails(
        session(server, tls -> tls.withCiphers(List.of("NONE_WITH_NONE"))),
        TlsConfigurationException.class,
        "tls.ciphers has 'NONE_WITH_NONE'",
        "TLS_AES_256_GCM_SHA384");
    assertThat(server.accepted()).isZero();
  }

  @Test
  void aSecondConnectionResumesTheSessionOfTheFirst() throws Exception {
    TlsServer server = server("TLSv1.2");
    ClientSession session = session(server, tls -> tls);

    get(session);
    get(session);

    assertThat(server.accepted()).isEqualTo(2);
    assertThat(server.met()).extracting(TlsServer.Met::sessionId).hasSize(2);
    assertThat(server.met().get(1)).isEqualTo(server.met().get(0));
  }

  @Test
  void sessionsDoNotResumeEachOthers() throws Exception {
    TlsServer server = server("TLSv1.2");

    get(session(server, tls -> tls));
    get(session(server, tls -> tls));

    assertThat(server.met()).extracting(TlsServer.Met::sessionId).doesNotHaveDuplicates();
  }
}
