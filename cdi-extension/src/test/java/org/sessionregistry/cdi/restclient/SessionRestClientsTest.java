package org.sessionregistry.cdi.restclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.ws.rs.core.Configuration;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.ServiceLoader;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.eclipse.microprofile.rest.client.RestClientBuilder;
import org.eclipse.microprofile.rest.client.spi.RestClientListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sessionregistry.ClientSession;
import org.sessionregistry.SessionRegistry;
import org.sessionregistry.settings.SessionSettings;

/** What happens before an implementation comes into it; the rest is tested on real ones. */
class SessionRestClientsTest {
  private final SessionRegistry registry = SessionRegistry.builder().build();

  @AfterEach
  void close() {
    registry.close();
  }

  @Test
  void implementationsFindTheListener() {
    assertThat(ServiceLoader.load(RestClientListener.class))
        .hasAtLeastOneElementOfType(SessionRestClients.class);
  }

  @Test
  void configurationFindsTheBaseUrls() {
    assertThat(ServiceLoader.load(ConfigSource.class))
        .hasAtLeastOneElementOfType(SessionBaseUrl.class);
  }

  @Test
  void anImplementationThatIsNotSupportedIsRefused() {
    ClientSession session = registry.open(SessionSettings.builder("github").build());
    RestClientBuilder builder = builder(Map.of(SessionRestClients.SESSION, session));

    assertThatThrownBy(() -> new SessionRestClients().onNewClient(Api.class, builder))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(Api.class.getName() + " cannot run on session 'github'")
        .hasMessageContaining(builder.getClass().getName())
        .hasMessageContaining("RESTEasy, Jersey and CXF are");
  }

  @Test
  void anyImplementationMayBuildAClientWithoutASession() {
    new SessionRestClients().onNewClient(Api.class, builder(Map.of()));
  }

  @Test
  void theBaseUrlSourceAnswersNothingElse() {
    SessionBaseUrl source = new SessionBaseUrl();

    assertThat(source.getValue("client-session.github.base-url")).isNull();
    assertThat(source.getValue("github/mp-rest/uri")).isNull();
    assertThat(source.getValue("github/mp-rest/url")).isNull();
    assertThat(source.getPropertyNames()).isEmpty();
  }

  private static RestClientBuilder builder(Map<String, Object> properties) {
    Configuration configuration =
        proxy(Configuration.class, (name, arguments) -> properties.get(arguments[0]));
    return proxy(
        RestClientBuilder.class,
        (name, arguments) -> {
          assertThat(name).isEqualTo("getConfiguration");
          return configuration;
        });
  }

  private interface Answer {
    Object to(String method, Object[] arguments);
  }

  private static <T> T proxy(Class<T> type, Answer answer) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> answer.to(method.getName(), arguments)));
  }

  private interface Api {}
}
