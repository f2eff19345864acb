package org.sessionregistry.servers.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.management.JMX;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.sessionregistry.ClientSession;
import org.sessionregistry.Response;
import org.sessionregistry.SessionRegistry;
import org.sessionregistry.observe.RegistryMXBean;
import org.sessionregistry.observe.SessionMXBean;
import org.sessionregistry.settings.QueueSettings;
import org.sessionregistry.settings.RegistrySettings;
import org.sessionregistry.settings.SessionSettings;

/** What a JMX console sees while requests run, and after everything was closed. */
class JmxTest {
  @RegisterExtension final World world = new World();

  private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();

  private Set<ObjectName> names(String pattern) throws Exception {
    return server.queryNames(new ObjectName("org.sessionregistry:" + pattern), null);
  }

  private <T> T bean(Class<T> type, String pattern) throws Exception {
    Wait.until("it is shown", () -> size(pattern) == 1);
    return JMX.newMXBeanProxy(server, names(pattern).iterator().next(), type);
  }

  private int size(String pattern) {
    try {
      return names(pattern).size();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void theBeansTellWhatRequestsAreDoingAndAreGoneWhenTheRegistryIsClosed() throws Exception {
    CountDownLatch gate = world.gate();
    Peer peer =
        world.peer(
            PeerKind.JETTY,
            (self, call) -> {
              gate.await();
              call.reply("hello".getBytes(UTF_8));
            });
    ClientSession session =
        world.session(
            peer, s -> s.pool(p -> p.withMaxConnections(1)).queue(QueueSettings.ofMaxSize(1)));
    CompletableFuture<Response> served = session.get("/").sendAsync();
    CompletableFuture<Response> waiting = session.get("/").sendAsync();
    CompletableFuture<Response> refused = session.get("/").sendAsync();
    assertThat(refused).isCompletedExceptionally();

    SessionMXBean seen = bean(SessionMXBean.class, "type=Session,*");
    Wait.until("one is sent", () -> seen.getConnectionsInUse() == 1);
    assertThat(seen.getName()).isEqualTo(session.name());
    assertThat(seen.getBaseUrl()).isEqualTo(session.settings().baseUrl().orElseThrow().toString());
    assertThat(seen.getRequests()).isEqualTo(3);
    assertThat(seen.getInFlight()).isEqualTo(2);
    assertThat(seen.getWaiting()).isEqualTo(1);
    assertThat(seen.getMaxQueueSize()).isEqualTo(1);
    assertThat(seen.getFailed()).isEqualTo(1);
    assertThat(seen.getFailures()).containsOnlyKeys("QUEUE_FULL").containsValue(1L);

    gate.countDown();
    for (CompletableFuture<Response> response : List.of(served, waiting)) {
      assertThat(response.get(10, TimeUnit.SECONDS).text()).isEqualTo("hello");
    }
    Wait.until("both have ended", () -> seen.getSucceeded() == 2);
    assertThat(seen.getWaits()).isEqualTo(1);
    assertThat(seen.getMeanWaitMillis()).isPositive();
    assertThat(seen.getBytesReceived()).isEqualTo(10);
    RegistryMXBean registry = bean(RegistryMXBean.class, "type=Registry,*");
    assertThat(registry.getSessionNames()).containsExactly(session.name());
    assertThat(registry.getRequests()).isEqualTo(3);

    world.registryOf(session).close();
    assertThat(names("*")).isEmpty();
  }

  @Test
  void sessionsOfOneNameInTwoRegistriesAreTwoBeans() throws Exception {
    Peer peer = world.echo(PeerKind.JETTY);
    SessionRegistry first = world.registry(RegistrySettings.DEFAULTS);
    SessionRegistry second = world.registry(RegistrySettings.DEFAULTS);
    for (SessionRegistry registry : List.of(first, second)) {
      registry
          .open(SessionSettings.builder("crm, \"eu\"").baseUrl(peer.origin()).build())
          .get("/")
          .send()
          .close();
    }
    String pattern = "type=Session,name=" + ObjectName.quote("crm, \"eu\"") + ",*";
    Wait.until("both are shown", () -> size(pattern) == 2);
    assertThat(names("type=Registry,*")).hasSize(2);
    first.close();
    assertThat(names(pattern)).hasSize(1);
    second.close();
    assertThat(names("*")).isEmpty();
  }

  @Test
  void aSessionThatIsClosedByItselfIsShownNoMore() throws Exception {
    Peer peer = world.echo(PeerKind.JETTY);
    ClientSession session = world.session(peer);
    session.get("/").send().close();
    bean(SessionMXBean.class, "type=Session,*");
    session.close();
    Wait.until("it is gone", () -> size("type=Session,*") == 0);
    assertThat(names("type=Registry,*")).hasSize(1);
  }

  @Test
  void nothingIsShownWhereJmxIsSwitchedOff() throws Exception {
    Peer peer = world.echo(PeerKind.JETTY);
    SessionRegistry registry = world.registry(RegistrySettings.DEFAULTS.withJmx(false));
    registry.open(SessionSettings.named("a")).get(peer.origin()).send().close();
    assertThat(names("*")).isEmpty();
  }

  @Test
  void aJvmWithoutManagementSendsItsRequestsAllTheSame() throws Exception {
    Peer peer = world.echo(PeerKind.JETTY);
    String path =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    Process child =
        new ProcessBuilder(
                System.getProperty("java.home") + "/bin/java",
                "--limit-modules=java.logging,java.net.http,jdk.unsupported",
                "-cp",
                path,
                WithoutManagement.class.getName(),
                peer.origin())
            .redirectErrorStream(true)
            .start();
    String said = new String(child.getInputStream().readAllBytes(), UTF_8);
    assertThat(child.waitFor()).as(said).isZero();
    // What newer JVMs say of Netty and of native libraries, with an empty line, is not about us.
    assertThat(said.lines().filter(line -> !line.isEmpty() && !line.startsWith("WARNING: ")))
        .containsExactly("200 without java.management");
  }
}
