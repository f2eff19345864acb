package org.sessionregistry.servers.http2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
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

  private JettyServer.Options tls;
  private UnaryOperator<SessionSettingsBuilder> trust;

  @BeforeEach
  void secure() throws Exception {
    ServerIdentity identity = new ServerIdentity();
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
}
