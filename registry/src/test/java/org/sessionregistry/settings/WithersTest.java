package org.sessionregistry.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every {@code with…} of every group of settings. */
class WithersTest {
  static Stream<Record> groups() {
    return Stream.of(
        TimeoutSettings.DEFAULTS,
        PoolSettings.DEFAULTS,
        QueueSettings.DEFAULTS,
        SharedPoolSettings.named("shared"),
        RateLimitSettings.DEFAULTS,
        CookieJarSettings.DEFAULTS,
        RetrySettings.DEFAULTS,
        LimitSettings.DEFAULTS,
        TlsSettings.DEFAULTS,
        EgressSettings.DEFAULTS,
        HealthSettings.DEFAULTS,
        TenancySettings.DEFAULTS,
        RegistrySettings.DEFAULTS);
  }

  @ParameterizedTest
  @MethodSource("groups")
  void aWitherChangesItsSettingAndNoOther(Record defaults) throws Exception {
    List<String> changed = new ArrayList<>();
    for (Method wither : withers(defaults)) {
      Object value = other(wither.getParameterTypes()[0], wither.getName());
      Object copy = wither.invoke(defaults, value);
      for (RecordComponent component : defaults.getClass().getRecordComponents()) {
        Object before = component.getAccessor().invoke(defaults);
        Object after = component.getAccessor().invoke(copy);
        if (wither.getName().equalsIgnoreCase("with" + component.getName())) {
          assertThat(unwrapped(after)).isEqualTo(value);
          assertThat(after).as("a value that differs").isNotEqualTo(before);
          changed.add(component.getName());
        } else {
          assertThat(after).as("%s after %s", component.getName(), wither).isEqualTo(before);
        }
      }
    }
    assertThat(changed).hasSameSizeAs(withers(defaults)).isNotEmpty();
  }

  private static Object unwrapped(Object value) {
    if (value instanceof OptionalInt number) {
      return number.orElseThrow();
    }
    return value instanceof Optional<?> optional ? optional.orElseThrow() : value;
  }

  private static List<Method> withers(Record group) {
    return Arrays.stream(group.getClass().getMethods())
        .filter(method -> method.getName().startsWith("with"))
        .toList();
  }

  private static Object other(Class<?> type, String wither) {
    if (type == Duration.class) {
      return Duration.ofMillis(1234);
    } else if (type == int.class) {
      return 77;
    } else if (type == boolean.class) {
      return wither.endsWith("AcceptIpHosts") || wither.endsWith("TrustAll");
    } else if (type == String.class) {
      return "other.example";
    } else if (type == List.class) {
      return wither.endsWith("OnStatus")
          ? List.of(418)
          : List.of(wither.endsWith("Pins") ? "sha256/" + "A".repeat(43) + "=" : "other");
    } else if (type == DataSize.class) {
      return new DataSize(4711);
    } else if (type == Path.class) {
      return Path.of("trust.pem");
    } else if (type == CookieJarType.class) {
      return CookieJarType.NONE;
    } else if (type == Percentage.class) {
      return new Percentage(77);
    } else if (type == HealthType.class) {
      return HealthType.READINESS;
    } else if (type == TenancyType.class) {
      return TenancyType.OPTIONAL;
    } else if (type == TenantPool.class) {
      return TenantPool.ISOLATED;
    } else if (type == UnknownKeys.class) {
      return UnknownKeys.WARN;
    } else if (type == LeakDetection.class) {
      return LeakDetection.OFF;
    } else if (type == QueueOrder.class) {
      return QueueOrder.LIFO;
    } else if (type == PoolSettings.class) {
      return PoolSettings.DEFAULTS.withMaxUses(77);
    } else if (type == QueueSettings.class) {
      return QueueSettings.ofMaxSize(77);
    } else if (type == KeyStoreSettings.class) {
      return KeyStoreSettings.pkcs12(Path.of("trust.p12"), "secret");
    }
    throw new AssertionError("no other value for a " + type + " of " + wither);
  }
}
