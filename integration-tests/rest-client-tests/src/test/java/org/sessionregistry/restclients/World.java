package org.sessionregistry.restclients;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.eclipse.microprofile.rest.client.RestClientBuilder;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.sessionregistry.ClientSession;
import org.sessionregistry.SessionHooks;
import org.sessionregistry.SessionRegistry;
import org.sessionregistry.TenantResolver;
import org.sessionregistry.cdi.restclient.SessionRestClients;
import org.sessionregistry.settings.RegistrySettings;
import org.sessionregistry.settings.SessionSettings;
import org.sessionregistry.settings.SessionSettingsBuilder;
import org.sessionregistry.settings.TenancyType;

/** The servers, sessions and clients of one test; nothing of them is left after it. */
final class World implements AfterEachCallback {
  private final Deque<AutoCloseable> toClose = new ArrayDeque<>();
  private final SessionRegistry registry =
      SessionRegistry.builder()
          .settings(RegistrySettings.DEFAULTS.withShutdownTimeout(Duration.ofSeconds(2)))
          .build();

  World() {
    toClose.push(
        () -> {
          registry.names().forEach(name -> awaitNothingInFlight(registry.session(name)));
          registry.close();
        });
  }

  Upstream upstream(Upstream.Behaviour behaviour) {
    Upstream upstream = new Upstream(behaviour);
    toClose.addLast(upstream);
    return upstream;
  }

  /** Closed until the test opens it, or ends. */
  CountDownLatch gate() {
    CountDownLatch gate = new CountDownLatch(1);
    toClose.push(gate::countDown);
    return gate;
  }

  ClientSession session(UnaryOperator<SessionSettingsBuilder> change) {
    return registry.open(change.apply(SessionSettings.builder("github")).build());
  }

  /** A session that is a template: a tenant of it has its own. */
  ClientSession template(TenantResolver resolver) {
    return registry.open(
        SessionSettings.builder("github")
            .cookieJar(jar -> jar.withAcceptIpHosts(true))
            .tenancy(tenancy -> tenancy.withType(TenancyType.REQUIRED))
            .build(),
        SessionHooks.builder().tenants(resolver).build());
  }

  ClientSession tenant(String tenant) {
    return registry.session("github", tenant);
  }

  <T> T client(Class<T> api, Upstream upstream, ClientSession session) {
    T client =
        RestClientBuilder.newBuilder()
            .baseUri(upstream.uri())
            .property(SessionRestClients.SESSION, session)
            .build(api);
    if (client instanceof AutoCloseable closeable) {
      toClose.push(
          () -> {
            try {
              closeable.close();
            } catch (IllegalStateException e) {
              assertThat(e).hasMessageContaining("closed"); // CXF lets nobody close it twice
            }
          });
    }
    return client;
  }

  Directory directory(Upstream upstream, ClientSession session) {
    return client(Directory.class, upstream, session);
  }

  /** A connection that is closed early is gone a moment later. */
  static void awaitNothingInFlight(ClientSession session) {
    long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (session.statistics().inFlight() > 0) {
      assertThat(System.nanoTime()).as("in flight: %s", session.statistics()).isLessThan(end);
      Thread.onSpinWait();
    }
  }

  @Override
  public void afterEach(ExtensionContext context) throws Exception {
    for (AutoCloseable each : toClose) {
      each.close();
    }
  }
}
