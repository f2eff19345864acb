package org.sessionregistry.jmx;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionregistry.PoolStatistics;
import org.sessionregistry.SessionStatistics;
import org.sessionregistry.observe.Description;
import org.sessionregistry.observe.RegistryMXBean;
import org.sessionregistry.observe.SessionMXBean;
import org.sessionregistry.settings.RegistrySettings;
import org.sessionregistry.settings.SessionSettings;

/** What the attributes say. */
class BeansTest {
  private static SessionBean bean(SessionSettings settings) {
    return new SessionBean(settings.name(), () -> settings, () -> Figures.session(settings.name()));
  }

  @Test
  void everyStatisticIsAnAttribute() throws Exception {
    SessionStatistics statistics = Figures.session("s");
    Set<String> shown =
        attributes(bean(SessionSettings.named("s")), SessionMXBean.class).values().stream()
            .map(String::valueOf)
            .collect(toSet());
    for (RecordComponent component : SessionStatistics.class.getRecordComponents()) {
      if (component.getType() != PoolStatistics.class) {
        assertThat(shown).as(component.getName()).contains(text(component, statistics));
      }
    }
    for (RecordComponent component : PoolStatistics.class.getRecordComponents()) {
      assertThat(shown).as(component.getName()).contains(text(component, statistics.pool()));
    }
  }

  private static String text(RecordComponent component, Record of) throws Exception {
    Object value = component.getAccessor().invoke(of);
    if (value instanceof List<?> holders) {
      PoolStatistics.Holder holder = (PoolStatistics.Holder) holders.get(0);
      return Map.of(holder.name(), holder.inUse()).toString();
    }
    if (value instanceof OptionalInt limit) {
      return Integer.toString(limit.getAsInt());
    }
    return value instanceof Duration time
        ? Long.toString(time.toMillis())
        : value instanceof Optional<?> name ? name.orElseThrow().toString() : value.toString();
  }

  private static Map<String, Object> attributes(Object bean, Class<?> type) throws Exception {
    Map<String, Object> attributes = new TreeMap<>();
    for (Method getter : type.getMethods()) {
      if (getter.getName().startsWith("get")) {
        attributes.put(getter.getName().substring(3), getter.invoke(bean));
      }
    }
    return attributes;
  }

  @Test
  void theLimitsAreThoseOfTheSettings() throws Exception {
    SessionSettings settings =
        SessionSettings.builder("s")
            .pool(
                p ->
                    p.withMaxConnectionsPerHost(2)
                        .withKeepAlive(Duration.ofMillis(3))
                        .withMaxLifetime(Duration.ofMillis(4)))
            .timeout(
                t ->
                    t.withTotal(Duration.ofMillis(6))
                        .withQueue(Duration.ofMillis(7))
                        .withConnect(Duration.ofMillis(8))
                        .withResponse(Duration.ofMillis(9))
                        .withRead(Duration.ofMillis(10)))
            .build();
    assertThat(attributes(bean(settings), SessionMXBean.class))
        .containsEntry("MaxConnectionsPerHost", 2)
        .containsEntry("KeepAliveMillis", 3L)
        .containsEntry("MaxLifetimeMillis", 4L)
        .containsEntry("TotalTimeoutMillis", 6L)
        .containsEntry("QueueTimeoutMillis", 7L)
        .containsEntry("ConnectTimeoutMillis", 8L)
        .containsEntry("ResponseTimeoutMillis", 9L)
        .containsEntry("ReadTimeoutMillis", 10L)
        .containsEntry("Priority", "NORMAL");
  }

  @Test
  void aQueueWithoutALimitIsMinusOne() {
    SessionStatistics unlimited = Figures.withoutQueueLimit(Figures.session("s"));
    SessionBean bean = new SessionBean("s", () -> SessionSettings.named("s"), () -> unlimited);
    assertThat(bean.getMaxQueueSize()).isEqualTo(-1);
  }

  @ParameterizedTest
  @CsvSource({
    "http://a.example, http://a.example",
    "https://a.example:8443/v1/, https://a.example:8443/v1/",
    "http://[::1]:8080/, http://[::1]:8080/",
  })
  void theBaseUrlIsShown(String base, String shown) {
    assertThat(bean(SessionSettings.builder("s").baseUrl(base).build()).getBaseUrl())
        .isEqualTo(shown);
  }

  @Test
  void noSecretIsShown() throws Exception {
    SessionSettings settings =
        SessionSettings.builder("s")
            .baseUrl("https://a.example/")
            .header("Authorization", "Bearer s3cr3t")
            .query("token", "s3cr3t")
            .cookie("session", "s3cr3t")
            .build();
    assertThat(attributes(bean(settings), SessionMXBean.class).values())
        .allMatch(value -> !value.toString().contains("s3cr3t"))
        .contains("https://a.example/");
  }

  @Test
  void aRegistryAddsItsSessionsUp() throws Exception {
    RegistrySettings settings = RegistrySettings.DEFAULTS.withMaxConnections(9).withEventLoops(3);
    RegistryBean bean = new RegistryBean(Figures.registry("a", "b"), () -> settings);
    SessionStatistics one = Figures.session("a");
    assertThat(attributes(bean, RegistryMXBean.class))
        .containsEntry("Sessions", 2)
        .containsEntry("Requests", 2 * one.requests())
        .containsEntry("InFlight", 2 * one.inFlight())
        .containsEntry("Succeeded", 2 * one.succeeded())
        .containsEntry("Failed", 2 * one.failed())
        .containsEntry("Cancelled", 2 * one.cancelled())
        .containsEntry(
            "Failures", Map.of("QUEUE_FULL", 2 * one.failures().values().iterator().next()))
        .containsEntry("Waiting", 2 * one.pool().waiting())
        .containsEntry("MaxConnections", 9)
        .containsEntry("EventLoops", 3)
        .containsEntry("ShutdownTimeoutMillis", 10_000L);
    assertThat(bean.getSessionNames()).containsExactly("a", "b");
  }

  @ParameterizedTest
  @ValueSource(classes = {SessionMXBean.class, RegistryMXBean.class})
  void everyAttributeIsExplained(Class<?> type) {
    assertThat(Stream.of(type.getMethods()))
        .allMatch(getter -> getter.getAnnotation(Description.class).value().endsWith("."));
  }
}
