package org.sessionregistry.servers.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.sessionregistry.ClientSession;
import org.sessionregistry.TlsFailedException;

/** Handshakes that fail, as the JDK's client and a session in its shape show them. */
class HttpClientFailuresTest {
  @RegisterExtension final TlsWorld world = new TlsWorld();

  @Test
  void aCertificateThatIsNotTrustedIsTheSameException() throws Exception {
    TestAuthority authority = new TestAuthority();
    TlsServer server =
        world.server(() -> TlsServer.showing(authority.issue("stranger", "127.0.0.1")));
    ClientSession session = world.session(server, tls -> tls);
    HttpRequest request = HttpRequest.newBuilder(URI.create(server.url())).build();

    for (HttpClient client : List.of(HttpClient.newHttpClient(), session.asHttpClient())) {
      assertThatThrownBy(() -> client.send(request, BodyHandlers.discarding()))
          .isExactlyInstanceOf(SSLHandshakeException.class);
    }
    assertThatThrownBy(() -> session.asHttpClient().send(request, BodyHandlers.discarding()))
        .hasCauseInstanceOf(TlsFailedException.class);
    assertThat(session.statistics().failed()).isEqualTo(2);
  }
}
