package org.sessionregistry.servers.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionregistry.servers.tls.TlsWorld.get;

import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.sessionregistry.ClientSession;
import org.sessionregistry.SessionRegistry;
import org.sessionregistry.settings.PoolSettings;
import org.sessionregistry.settings.SessionSettings;
import org.sessionregistry.settings.SharedPoolSettings;
import org.sessionregistry.settings.TlsSettings;

/** Sessions that share a pool and are different persons to the server. */
class SharedPoolTest {
  private final TestAuthority authority = new TestAuthority();
  @TempDir Path files;
  @RegisterExtension final TlsWorld world = new TlsWorld();
  private TlsServer server;
  private Path trusted;

  @BeforeEach
  void demandCertificates() throws Exception {
    trusted = Credentials.writePem(files.resolve("trusted.pem"), List.of(authority.certificate()));
    server =
        world.server(() -> TlsServer.demanding(authority, authority.issue("server", "127.0.0.1")));
  }

  private UnaryOperator<TlsSettings> as(String person) throws Exception {
    Credentials credentials = authority.issue(person);
    Path certificate = credentials.writeChain(files.resolve(person + ".pem"));
    Path key = credentials.writeKey(files.resolve(person + ".key"));
    return tls -> tls.withTrustPem(trusted).identifiedBy(certificate, key);
  }

  private SessionRegistry registry(int maxConnections) {
    return SessionRegistry.builder()
        .pool(
            SharedPoolSettings.named("crm")
                .withPool(PoolSettings.DEFAULTS.withMaxConnections(maxConnections)))
        .build();
  }

  private ClientSession open(
      SessionRegistry registry, String name, UnaryOperator<TlsSettings> person) {
    return registry.open(
        SessionSettings.builder(name)
            .baseUrl(server.url())
            .pool(p -> p.withName("crm"))
            .tls(person)
            .build());
  }

  private List<String> persons() {
    return server.met().stream().map(TlsServer.Met::client).toList();
  }

  @Test
  void eachHasAConnectionOfItsOwn() throws Exception {
    try (SessionRegistry registry = registry(10)) {
      ClientSession ada = open(registry, "one", as("ada"));
      ClientSession grace = open(registry, "two", as("grace"));
      for (int i = 0; i < 3; i++) {
        assertThat(get(ada)).isEqualTo("fine");
        assertThat(get(grace)).isEqualTo("fine");
      }
    }

    assertThat(persons()).containsExactly("CN=ada", "CN=grace");
  }

  @Test
  void whereThereIsRoomForOneTheOthersConnectionIsClosedAndNotUsed() throws Exception {
    try (SessionRegistry registry = registry(1)) {
      ClientSession ada = open(registry, "one", as("ada"));
      ClientSession grace = open(registry, "two", as("grace"));
      get(ada);
      get(grace);
      get(ada);
    }

    assertThat(persons()).containsExactly("CN=ada", "CN=grace", "CN=ada");
  }

  @Test
  void twoSessionsOfOnePersonShareItsConnection() throws Exception {
    UnaryOperator<TlsSettings> person = as("ada");
    try (SessionRegistry registry = registry(10)) {
      get(open(registry, "one", person));
      get(open(registry, "two", person));
    }

    assertThat(persons()).containsExactly("CN=ada");
  }
}
