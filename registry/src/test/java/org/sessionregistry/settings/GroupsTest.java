package org.sessionregistry.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each group of settings refuses, and how it says so. */
class GroupsTest {
  static Stream<Arguments> durations() {
    TimeoutSettings timeout = TimeoutSettings.DEFAULTS;
    return Stream.of(
        duration("timeout.total", timeout::withTotal),
        duration("timeout.attempt", timeout::withAttempt),
        duration("timeout.queue", timeout::withQueue),
        duration("timeout.dns", timeout::withDns),
        duration("timeout.connect", timeout::withConnect),
        duration("timeout.tls-handshake", timeout::withTlsHandshake),
        duration("timeout.write", timeout::withWrite),
        duration("timeout.response", timeout::withResponse),
        duration("timeout.read", timeout::withRead),
        duration("pool.keep-alive", PoolSettings.DEFAULTS::withKeepAlive),
        duration("pool.max-lifetime", PoolSettings.DEFAULTS::withMaxLifetime),
        duration("health.window", HealthSettings.DEFAULTS::withWindow),
        duration("shutdown-timeout", RegistrySettings.DEFAULTS::withShutdownTimeout));
  }

  private static Arguments duration(String key, Function<Duration, Record> with) {
    return Arguments.of(key, with);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("durations")
  void aDurationIsFromZeroToAYear(String key, Function<Duration, Record> with) {
    assertThat(with.apply(Duration.ZERO)).isNotNull();
    assertThat(with.apply(Duration.ofDays(365))).isNotNull();
    for (Duration wrong : List.of(Duration.ofNanos(-1), Duration.ofDays(365).plusNanos(1))) {
      assertThatExceptionOfType(InvalidSettingException.class)
          .isThrownBy(() -> with.apply(wrong))
          .returns(key, InvalidSettingException::key)
          .returns(wrong.toString(), InvalidSettingException::value);
    }
  }

  static Stream<Arguments> counts() {
    PoolSettings pool = PoolSettings.DEFAULTS;
    return Stream.of(
        count("pool.max-connections", pool::withMaxConnections),
        count("pool.max-connections-per-host", pool::withMaxConnectionsPerHost),
        count("pool.max-connections-per-tenant", pool::withMaxConnectionsPerTenant),
        count("pool.reserved-high", pool::withReservedHigh),
        count("pool.max-uses", pool::withMaxUses),
        count("pool.warm-up", pool::withWarmUp),
        count("queue.max-size", QueueSettings::ofMaxSize),
        count("queue.max-size-per-tenant", QueueSettings.DEFAULTS::withMaxSizePerTenant),
        count("max-connections", RegistrySettings.DEFAULTS::withMaxConnections),
        count("event-loops", RegistrySettings.DEFAULTS::withEventLoops));
  }

  private static Arguments count(String key, Function<Integer, Record> with) {
    return Arguments.of(key, with);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("counts")
  void aCountIsNotNegative(String key, Function<Integer, Record> with) {
    assertThat(with.apply(0)).isNotNull();
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> with.apply(-1))
        .returns(key, InvalidSettingException::key)
        .returns("-1", InvalidSettingException::value);
  }

  @Test
  void aPoolIsNotWarmedUpAboveItsLimit() {
    PoolSettings pool = PoolSettings.DEFAULTS.withMaxConnections(3);
    assertThat(pool.withWarmUp(3).warmUp()).isEqualTo(3);
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> pool.withWarmUp(4))
        .returns("pool.warm-up", InvalidSettingException::key);
  }

  @Test
  void aPoolWithoutALimitIsNotWarmedUpWithoutOne() {
    PoolSettings pool = PoolSettings.DEFAULTS.withMaxConnections(0);
    assertThat(pool.withWarmUp(1000).warmUp()).isEqualTo(1000);
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> pool.withWarmUp(1001));
  }

  @Test
  void thereAreNoMoreThan1024EventLoops() {
    assertThat(RegistrySettings.DEFAULTS.withEventLoops(1024).eventLoops()).isEqualTo(1024);
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> RegistrySettings.DEFAULTS.withEventLoops(1025));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1L << 31})
  void aLimitOnMemoryIsAboveZeroAndBelow2GiB(long bytes) {
    DataSize wrong = new DataSize(bytes);
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> LimitSettings.DEFAULTS.withResponseHeaders(wrong))
        .returns("limits.response-headers", InvalidSettingException::key);
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> LimitSettings.DEFAULTS.withBufferedBody(wrong))
        .returns("limits.buffered-body", InvalidSettingException::key);
  }

  @Test
  void theLargestLimitOnMemoryIsOneByteBelow2GiB() {
    DataSize largest = new DataSize(Integer.MAX_VALUE);
    assertThat(LimitSettings.DEFAULTS.withBufferedBody(largest).bufferedBody()).isEqualTo(largest);
  }

  @Test
  void aQueueIsUnlimitedByDefaultAndOffAtZero() {
    assertThat(QueueSettings.DEFAULTS.maxSize()).isEmpty();
    assertThat(QueueSettings.DEFAULTS.maxSizePerTenant()).isEmpty();
    assertThat(QueueSettings.ofMaxSize(0).maxSize()).isEqualTo(OptionalInt.of(0));
  }

  @Test
  void twoSourcesOfTrustAreRefused() {
    TlsSettings withStore =
        TlsSettings.DEFAULTS.withTrustStore(KeyStoreSettings.pkcs12(Path.of("t.p12"), "s3cr3t"));
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> withStore.withTrustPem(Path.of("t.pem")))
        .returns("tls.trust-pem", InvalidSettingException::key);
  }

  @Test
  void theNamesOfARegistryAreACopy() {
    List<String> names = new ArrayList<>(List.of("a"));
    RegistrySettings settings =
        new RegistrySettings(
            names,
            0,
            0,
            Duration.ofSeconds(10),
            UnknownKeys.FAIL,
            LeakDetection.SAMPLED,
            true,
            Duration.ZERO);
    names.add("b");
    assertThat(settings.names()).containsExactly("a");
  }

  @Test
  void aRefusalSaysKeyValueAndWhatWouldBeRight() {
    assertThat(new InvalidSettingException("pool.max-connections", "-1", "0 or more"))
        .hasMessage("pool.max-connections = -1: expected 0 or more")
        .returns("0 or more", InvalidSettingException::expected);
  }

  @Test
  void aSecretIsNeverShown() {
    assertThat(new Secret("s3cr3t")).hasToString("*****");
    assertThat(KeyStoreSettings.pkcs12(Path.of("t.p12"), "s3cr3t").toString())
        .doesNotContain("s3cr3t");
  }
}
