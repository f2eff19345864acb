package org.sessionregistry.servers.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.sessionregistry.ClientSession;
import org.sessionregistry.ConnectionFailedException;
import org.sessionregistry.Response;
import org.sessionregistry.WrongHostException;
import org.sessionregistry.servers.exchange.Certificates.Identity;

/** A session that reaches its server over a Unix domain socket, whatever the URL says. */
class UnixSocketTest {
  private static final Certificates CERTIFICATES = new Certificates();

  @TempDir Path directory;

  @RegisterExtension final World world = new World();

  @Test
  void requestsNameTheHostThatNobodyLooksUp() throws Exception {
    try (JettyOnUnixSocket jetty = new JettyOnUnixSocket(path(), null)) {
      ClientSession session = session("http://engine.invalid:8080");
      try (Response response = session.post("/images").body("hello").send()) {
        assertThat(response.headers().first(JettyOnUnixSocket.ASKED_FOR))
            .contains("engine.invalid:8080");
        assertThat(response.text()).isEqualTo("hello");
      }
      try (Response other = session.get("http://other.invalid/").send()) {
        assertThat(other.headers().first(JettyOnUnixSocket.ASKED_FOR)).contains("other.invalid");
      }
    }
  }

  @Test
  void oneConnectionServesOneRequestAfterTheOther() throws Exception {
    byte[] large = new byte[1 << 20];
    try (JettyOnUnixSocket jetty = new JettyOnUnixSocket(path(), null)) {
      ClientSession session = session("http://engine.invalid");
      for (int i = 0; i < 5; i++) {
        try (Response response = session.post("/").body(large).send()) {
          assertThat(response.bytes()).isEqualTo(large);
        }
      }
      assertThat(session.statistics().pool().opened()).isOne();
      assertThat(session.statistics().pool().reused()).isEqualTo(4);
    }
  }

  @Test
  void moreAtOnceThanTheServerAcceptsAtOnceAllGetThrough() throws Exception {
    try (JettyOnUnixSocket jetty = new JettyOnUnixSocket(path(), null)) {
      ClientSession session = session("http://engine.invalid");
      List<CompletableFuture<String>> texts =
          IntStream.range(0, 500)
              .mapToObj(
                  i ->
                      session
                          .post("/")
                          .body("number " + i)
                          .sendAsync()
                          .thenCompose(Response::textAsync)
                          .toCompletableFuture())
              .toList();
      for (int i = 0; i < texts.size(); i++) {
        assertThat(texts.get(i).get(30, TimeUnit.SECONDS)).isEqualTo("number " + i);
      }
    }
  }

  @Test
  void theCertificateMustNameTheHostOfTheUrl() throws Exception {
    Identity identity = CERTIFICATES.ofAnotherHost();
    try (JettyOnUnixSocket jetty = new JettyOnUnixSocket(path(), identity.server())) {
      try (Response response = secure("https://other.example").post("/").body("hello").send()) {
        assertThat(response.text()).isEqualTo("hello");
      }
      WrongHostException failure =
          catchThrowableOfType(
              WrongHostException.class, () -> secure("https://engine.example").get("/").send());
      assertThat(failure).hasMessageContaining("engine.example");
    }
  }

  @Test
  void aMissingSocketFailsWithItsPathAndTheSetting() {
    ConnectionFailedException failure =
        catchThrowableOfType(
            ConnectionFailedException.class,
            () -> session("http://engine.invalid").get("/").send());

    assertThat(failure)
        .hasMessageContaining(
            "cannot connect to unix-socket "
                + path()
                + " for http://engine.invalid: No such file or directory");
  }

  private ClientSession secure(String baseUrl) throws Exception {
    Path trusted = CERTIFICATES.authority().pem(directory);
    return world.session(
        s -> s.baseUrl(baseUrl).unixSocket(path()).tls(t -> t.withTrustPem(trusted)));
  }

  private ClientSession session(String baseUrl) {
    return world.session(s -> s.baseUrl(baseUrl).unixSocket(path()));
  }

  private Path path() {
    return directory.resolve("engine.sock");
  }
}
