package org.sessionregistry.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What an application may expect on every server. A subclass says which one; it is started once for
 * all of its tests, each of which brings and removes applications of its own.
 */
@Timeout(600)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ContainerContract {
  /** How often an application is deployed again; {@code -Dredeploys=50} asks for more. */
  private static final int REDEPLOYS = Integer.getInteger("redeploys", 10);

  private static final int TYPED_REDEPLOYS = Math.max(5, REDEPLOYS / 2);

  private static final String SERVLET = "org.sessionregistry.containers.app.CommandServlet";
  private static final String TYPED_SERVLET = "org.sessionregistry.containers.typed.TypedServlet";

  private final HttpClient browser = HttpClient.newHttpClient();
  private final List<Application> deployed = new ArrayList<>();
  private Upstream upstream;
  private Path operatorsFile;
  private Container container;

  /**
   * Starts the server.
   *
   * @param work a directory for what it writes
   * @param properties settings that the server is to give to its applications
   */
  abstract Container start(Path work, Map<String, String> properties) throws Exception;

  /** What an application has to bring on this server besides. */
  Application adapted(Application application) {
    return application;
  }

  /**
   * How many class loaders of applications that are gone the server may keep. The default is the
   * one that JDK 17 keeps itself: the classes of the last record that was compared for the first
   * time, in a static field of {@code java.lang.runtime.ObjectMethods}.
   */
  int copiesThatMayStay() {
    return 1;
  }

  @BeforeAll
  void start(@TempDir Path work) throws Exception {
    upstream = new Upstream();
    operatorsFile = Files.createFile(work.resolve("sessions.properties"));
    container =
        start(
            work,
            Map.of(
                "upstream", upstream.address().toString(),
                "session-registry.config-file", operatorsFile.toString(),
                "client-session.of-the-server.base-url", upstream.address().toString()));
  }

  @AfterAll
  void stop() throws Exception {
    if (container != null) {
      container.close();
    }
    upstream.close();
  }

  @BeforeEach
  void forget() {
    upstream.forget();
  }

  @AfterEach
  void undeployEverything() throws Exception {
    for (Application each : List.copyOf(deployed)) {
      undeploy(each);
    }
  }

  @Test
  void sessionsAreInjected() throws Exception {
    Application shop = deploy(application("shop"));

    assertThat(ask(shop, "shop")).isEqualTo("/shop");
    assertThat(ask(shop, "named")).isEqualTo("/named");
    assertThat(ask(shop, "per-request")).isEqualTo("/per-request");
    assertThat(ask(shop, "selected")).isEqualTo("unused");
  }

  @Test
  void settingsComeFromTheServerAndFromTheApplication() throws Exception {
    Application shop = deploy(application("shop"));

    assertThat(ask(shop, "of-the-server")).isEqualTo("/of-the-server");
    assertThat(ask(shop, "names")).isEqualTo("[of-the-server, secured, shop, unused]");
    assertThat(ask(shop, "explain")).contains("pool.max-connections", "microprofile-config");
  }

  /** Their proxies are called on threads of the registry, which belong to no application. */
  @Test
  void beansAddToSessions() throws Exception {
    Application shop = deploy(application("shop"));

    assertThat(ask(shop, "secured")).isEqualTo("Bearer /token, stamped");
  }

  @Test
  void observersHearOfSessions() throws Exception {
    Application shop = deploy(application("shop"));

    assertThat(ask(shop, "opened")).isEqualTo("[of-the-server, secured, shop, unused]");
  }

  @Test
  void anOperatorChangesSettingsWithoutDeployingAgain() throws Exception {
    Application shop =
        deploy(application("shop").with("client-session-registry.reload-interval", "1s"));
    assertThat(ask(shop, "timeout")).isEqualTo("PT5M");

    Files.writeString(operatorsFile, "client-session.unused.timeout.total=40s\n");
    try {
      assertThat(ask(shop, "reloaded")).isEqualTo("unused");
      assertThat(ask(shop, "timeout")).isEqualTo("PT40S");
    } finally {
      Files.writeString(operatorsFile, "");
    }
  }

  @Test
  void theThreadsAndTransactionsOfTheServerUseSessions() throws Exception {
    Application shop = deploy(application("shop"));

    assertThat(ask(shop, "managed")).isEqualTo("/managed");
    assertThat(ask(shop, "transaction")).isEqualTo("/transaction");
    assertThat(ask(shop, "after-transaction")).isEqualTo("/committed");
  }

  @Test
  void eachApplicationHasARegistryOfItsOwn() throws Exception {
    Application shop = deploy(application("shop"));
    Application store =
        deploy(application("store").with("client-session.more.base-url", "${upstream}"));
    assertThat(ask(shop, "shop")).isEqualTo("/shop");
    assertThat(ask(store, "names")).isEqualTo("[more, of-the-server, secured, shop, unused]");

    undeploy(store);

    assertThat(ask(shop, "shop")).isEqualTo("/shop");
    assertThat(ask(shop, "names")).isEqualTo("[of-the-server, secured, shop, unused]");
  }

  @Test
  void whatIsWrongWithTheConfigurationEndsTheDeployment() throws Exception {
    Application broken =
        application("broken")
            .with("client-session.shop.timout.total", "1s")
            .with("client-session.shop.pool.max-connections", "many");

    assertThatThrownBy(() -> deploy(broken))
        .isInstanceOf(DeploymentFailedException.class)
        .hasMessageContaining("client-session.shop.timout.total")
        .hasMessageContaining("timeout.total")
        .hasMessageContaining("client-session.shop.pool.max-connections")
        .hasMessageContaining("many");
    undeploy(broken);
    assertThat(registryThreads()).isEmpty();
  }

  @Test
  void beansCanUseTheirSessionsWhileTheApplicationStops() throws Exception {
    Application shop = deploy(application("shop"));
    ask(shop, "shop");

    undeploy(shop);

    assertThat(upstream.paths()).endsWith("/goodbye");
    upstream.awaitNoConnection();
    assertThat(registryThreads()).isEmpty();
  }

  /** Some have a connection, others wait for one, and one blocks a thread of the server. */
  @Test
  void everyRequestThatHangsEndsWithItsApplication() throws Exception {
    Application shop =
        deploy(
            application("shop")
                .with("client-session.shop.pool.max-connections", "3")
                .with("client-session-registry.shutdown-timeout", "1s"));
    int position = container.process().position();
    int hanging = Integer.parseInt(ask(shop, "hang"));
    upstream.awaitHanging(3);

    undeploy(shop);

    Pattern end = Pattern.compile("a hanging request ended: .*SessionClosedException");
    assertThat(end.matcher(container.process().printedSince(position)).results().count())
        .as("ends of %s requests", hanging)
        .isEqualTo(hanging);
    upstream.awaitNoConnection();
    assertThat(registryThreads()).isEmpty();
  }

  @Test
  void redeployingLeavesNothing() throws Exception {
    Application shop = application("shop");
    for (int i = 0; i < REDEPLOYS; i++) {
      deploy(shop);
      assertThat(ask(shop, "shop")).isEqualTo("/shop");
      assertThat(ask(shop, "managed")).isEqualTo("/managed");
      undeploy(shop);
    }

    assertThat(copies(SERVLET)).isLessThanOrEqualTo(copiesThatMayStay());
    upstream.awaitNoConnection();
    assertThat(registryThreads()).isEmpty();
  }

  @Test
  void theReadinessOfTheServerTellsOfSessions() throws Exception {
    Optional<URI> readiness = container.readiness();
    assumeTrue(readiness.isPresent(), "no MicroProfile Health");
    Application shop = deploy(application("shop").with("client-session.shop.health", "readiness"));
    ask(shop, "shop");

    HttpResponse<String> ready = get(readiness.get());

    assertThat(ready.statusCode()).as(ready.body()).isEqualTo(200);
    assertThat(ready.body()).contains("client-sessions", "shop.in-use", "shop.idle");
  }

  @Test
  void aTypedClientRunsOnASession() throws Exception {
    Application items = deploy(typed());

    assertThat(ask(items, "waiting")).isEqualTo("/items/1");
    assertThat(ask(items, "later")).isEqualTo("/items/2");
    assertThat(ask(items, "changed")).isEqualTo("/items/3");
    assertThat(ask(items, "connections")).isEqualTo("1");
  }

  @Test
  void redeployingATypedClientLeavesNothing() throws Exception {
    Application items = typed();
    for (int i = 0; i < TYPED_REDEPLOYS; i++) {
      deploy(items);
      assertThat(ask(items, "waiting")).isEqualTo("/items/1");
      assertThat(ask(items, "later")).isEqualTo("/items/2");
      undeploy(items);
    }

    assertThat(copies(TYPED_SERVLET)).isLessThanOrEqualTo(copiesThatMayStay());
    upstream.awaitNoConnection();
    assertThat(registryThreads()).isEmpty();
  }

  private Application typed() {
    return adapted(
        Application.withTypedClient("items")
            .with("client-session.shop.base-url", "${upstream}")
            .with("items/mp-rest/session", "shop"));
  }

  private Application application(String name) {
    return adapted(
        Application.named(name)
            .with("client-session.shop.base-url", "${upstream}")
            .with("client-session.secured.base-url", "${upstream}")
            .with("client-session.unused.base-url", "${upstream}"));
  }

  private Application deploy(Application application) throws Exception {
    deployed.add(application);
    container.deploy(application);
    return application;
  }

  private void undeploy(Application application) throws Exception {
    deployed.remove(application);
    container.undeploy(application);
  }

  private String ask(Application application, String command) throws Exception {
    URI address = container.address(application).resolve(command);
    HttpResponse<String> response = get(address);
    assertThat(response.statusCode()).as("%s: %s", address, response.body()).isEqualTo(200);
    return response.body();
  }

  private HttpResponse<String> get(URI address) throws Exception {
    return browser.send(
        HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(60)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** A collection may have to be asked for again before the last reference to a loader is clear. */
  private long copies(String className) {
    long copies = Long.MAX_VALUE;
    for (int i = 0; i < 5 && copies > copiesThatMayStay(); i++) {
      copies = container.process().copies(className);
    }
    return copies;
  }

  private List<String> registryThreads() {
    return container.process().threads("session-registry-");
  }
}
