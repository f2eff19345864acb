package org.sessionregistry.servers.http2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.sessionregistry.ClientCertificateRefusedException;
import org.sessionregistry.ClientSession;
import org.sessionregistry.ConnectionFailedException;
import org.sessionregistry.HttpVersion;
import org.sessionregistry.Response;
import org.sessionregistry.TlsFailedException;
import org.sessionregistry.settings.HttpVersionPreference;
import org.sessionregistry.settings.SessionSettingsBuilder;

/** Which version of HTTP a session speaks with which server. */
class NegotiationTest {
  @TempDir static Path directory;

  @RegisterExtension final Http2World world = new Http2World();

  private ServerIdentity identity;
  private JettyServer.Options tls;
  private UnaryOperator<SessionSettingsBuilder> trust;

  @BeforeEach
  void secure() throws Exception {
    identity = new ServerIdentity();
    tls = JettyServer.Options.CLEARTEXT.with(identity);
    trust = Http2World.trusting(identity.certificatePem(directory));
  }

  private ClientSession session(JettyServer server, HttpVersionPreference version) {
    return world.session(server.origin(), s -> trust.apply(s.httpVersion(version)));
  }

  private HttpVersion version(JettyServer server, HttpVersionPreference version) throws Exception {
    try (Response response = session(server, version).get("/echo").send()) {
      return response.version();
    }
  }

  @Test
  void autoSpeaksHttp2WithAServerThatChoosesIt() throws Exception {
    assertThat(version(world.jetty(tls), HttpVersionPreference.AUTO)).isEqualTo(HttpVersion.HTTP_2);
  }

  @Test
  void autoSpeaksHttp1WithAServerThatKnowsNoOther() throws Exception {
    assertThat(version(world.jetty(tls.withoutHttp2()), HttpVersionPreference.AUTO))
        .isEqualTo(HttpVersion.HTTP_1_1);
  }

  @Test
  void autoSpeaksHttp1WithoutTls() throws Exception {
    assertThat(version(world.jetty(JettyServer.Options.CLEARTEXT), HttpVersionPreference.AUTO))
        .isEqualTo(HttpVersion.HTTP_1_1);
  }

  @Test
  void http1IsSpokenWithAServerThatWouldChooseAnother() throws Exception {
    assertThat(version(world.jetty(tls), HttpVersionPreference.HTTP_1_1))
        .isEqualTo(HttpVersion.HTTP_1_1);
  }

  @Test
  void aServerThatDoesNotChooseHttp2IsRefusedWhereNothingElseWillDo() throws Exception {
    ClientSession session = session(world.jetty(tls.withoutHttp2()), HttpVersionPreference.HTTP_2);
    assertThat(catchThrowable(() -> session.get("/echo").send()))
        .isInstanceOf(TlsFailedException.class)
        .hasMessageContaining("does not speak HTTP/2 (http-version=2)")
        .hasMessageContaining("ALPN");
  }

  @Test
  void aServerThatAnswersPriorKnowledgeInHttp1IsToldApart() throws Exception {
    ClientSession session =
        session(
            world.jetty(JettyServer.Options.CLEARTEXT.withoutHttp2()),
            HttpVersionPreference.HTTP_2);
    assertThat(catchThrowable(() -> session.get("/echo").send()))
        .isInstanceOf(ConnectionFailedException.class)
        .hasMessageContaining("does not speak HTTP/2 (http-version=2)");
  }

  // ---- a server of the JDK, which shakes hands and nothing else ------------------------------

  private ClientSession handshaking(String protocol, boolean needsCertificate) throws Exception {
    SSLServerSocket listening =
        (SSLServerSocket)
            identity
                .context()
                .getServerSocketFactory()
                .createServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
    SSLParameters parameters = listening.getSSLParameters();
    parameters.setApplicationProtocols(new String[] {protocol});
    parameters.setNeedClientAuth(needsCertificate);
    listening.setSSLParameters(parameters);
    world.closing(listening);
    Thread server = new Thread(() -> shakeHands(listening), "handshaking");
    server.setDaemon(true);
    server.start();
    return world.session("https://127.0.0.1:" + listening.getLocalPort(), trust);
  }

  private static void shakeHands(SSLServerSocket listening) {
    try (SSLSocket socket = (SSLSocket) listening.accept()) {
      socket.startHandshake();
      socket.getInputStream().transferTo(OutputStream.nullOutputStream());
    } catch (IOException refused) {
      return; // which is what the tests are about
    }
  }

  @Test
  void aServerThatBreaksTheHandshakeOffForWantOfACommonProtocolIsToldApart() throws Exception {
    ClientSession session = handshaking("http/1.1", false);
    assertThat(catchThrowable(() -> session.get("/").send()))
        .isExactlyInstanceOf(TlsFailedException.class)
        .hasMessageContaining("speaks no version of HTTP that http-version allows (ALPN)");
  }

  @Test
  void aServerThatMissesAClientCertificateIsToldApartInHttp2Too() throws Exception {
    ClientSession session = handshaking("h2", true);
    assertThat(catchThrowable(() -> session.get("/").send()))
        .isExactlyInstanceOf(ClientCertificateRefusedException.class);
  }
}
