package org.sessionregistry.servers.hooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldContainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.sessionregistry.ClientSession;
import org.sessionregistry.HttpStatusException;
import org.sessionregistry.Response;
import org.sessionregistry.cdi.SessionExtension;
import org.sessionregistry.cdi.SessionName;
import org.sessionregistry.servers.hooks.Behaviour.Answer;

/** An injected session that has its credentials and retries from configuration. */
class InjectedTest {
  @RegisterExtension final HooksWorld world = new HooksWorld();

  /** A bean of an application. */
  @ApplicationScoped
  static class Customers {
    @Inject
    @SessionName("crm")
    ClientSession crm;

    String name(int number) throws Exception {
      try (Response response = crm.get("/customers/" + number).send()) {
        return response.text() + ", " + response.failedAttempts().size() + " failed";
      }
    }
  }

  @Test
  void credentialsRetriesAndRaisedStatusComeFromConfiguration() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    Peer peer =
        world.peer(
            Peer.Make.JETTY,
            Guard.DIGEST,
            call -> {
              if (call.path().endsWith("/0")) {
                return new Answer(404, Map.of(), "nobody");
              }
              return calls.incrementAndGet() <= 2
                  ? new Answer(503, Map.of("Retry-After", "0"), "busy")
                  : Answer.ok("Ada");
            });
    Map<String, String> properties = new HashMap<>();
    properties.put("base-url", peer.origin());
    properties.put("auth.type", "digest");
    properties.put("auth.username", Guard.USER);
    properties.put("auth.password", Guard.PASSWORD);
    properties.put("retries.max", "2");
    properties.put("retries.backoff", "1ms");
    properties.put("raise-for-status", "true");
    Map<String, String> keys = new HashMap<>();
    properties.forEach((key, value) -> keys.put("client-session.crm." + key, value));
    SmallRyeConfig config =
        new SmallRyeConfigBuilder()
            .withSources(new PropertiesConfigSource(keys, "test", 100))
            .build();
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    ConfigProviderResolver.instance().registerConfig(config, loader);
    try (WeldContainer container =
        new Weld()
            .disableDiscovery()
            .addExtension(new SessionExtension())
            .addBeanClass(Customers.class)
            .initialize()) {
      Customers customers = container.select(Customers.class).get();
      assertThat(customers.name(1)).isEqualTo("Ada, 2 failed");
      assertThatExceptionOfType(HttpStatusException.class)
          .isThrownBy(() -> customers.name(0))
          .withMessageContaining("nobody");
    } finally {
      ConfigProviderResolver.instance().releaseConfig(config);
    }
  }
}
