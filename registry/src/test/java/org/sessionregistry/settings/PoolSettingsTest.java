package org.sessionregistry.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which limits of a pool contradict each other, and what a shared pool may say. */
class PoolSettingsTest {

  @ParameterizedTest(name = "{0} connections, {1} per host, {2} per tenant, {3} reserved")
  @CsvSource({
    "10, 10, 10, 9", //
    "1, 1, 1, 0",
    "0, 500, 500, 0",
    "5, 0, 0, 0"
  })
  void limitsThatCanBeReachedAreTaken(int max, int perHost, int perTenant, int reserved) {
    PoolSettings pool =
        PoolSettings.DEFAULTS
            .withMaxConnections(max)
            .withMaxConnectionsPerHost(perHost)
            .withMaxConnectionsPerTenant(perTenant)
            .withReservedHigh(reserved);
    assertThat(pool.maxConnectionsPerHost()).isEqualTo(perHost);
    assertThat(pool.maxConnectionsPerTenant()).isEqualTo(perTenant);
    assertThat(pool.reservedHigh()).isEqualTo(reserved);
  }

  @Test
  void aHostHasNoMoreConnectionsThanThePool() {
    PoolSettings pool = PoolSettings.DEFAULTS.withMaxConnections(10);
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> pool.withMaxConnectionsPerHost(11))
        .withMessage(
            "pool.max-connections-per-host = 11: expected max-connections-per-host (11) to be at"
                + " most max-connections (10)");
  }

  @Test
  void aTenantHasNoMoreConnectionsThanThePool() {
    PoolSettings pool = PoolSettings.DEFAULTS.withMaxConnectionsPerTenant(11);
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> pool.withMaxConnections(10))
        .withMessage(
            "pool.max-connections-per-tenant = 11: expected max-connections-per-tenant (11) to be"
                + " at most max-connections (10)");
  }

  @Test
  void aReserveLeavesAConnectionForTheOthers() {
    PoolSettings pool = PoolSettings.DEFAULTS.withMaxConnections(10);
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> pool.withReservedHigh(10))
        .withMessage(
            "pool.reserved-high = 10: expected reserved-high (10) to be less than max-connections"
                + " (10)");
  }

  @Test
  void thereIsNothingToReserveInAPoolWithoutALimit() {
    PoolSettings pool = PoolSettings.DEFAULTS.withMaxConnections(0);
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> pool.withReservedHigh(1))
        .returns("pool.reserved-high", InvalidSettingException::key)
        .satisfies(e -> assertThat(e.expected()).contains("max-connections is 0 (unlimited)"));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1})
  void aConnectionTakesAtLeastOneStream(int streams) {
    assertThat(PoolSettings.DEFAULTS.withMaxStreamsPerConnection(1).maxStreamsPerConnection())
        .isEqualTo(1);
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> PoolSettings.DEFAULTS.withMaxStreamsPerConnection(streams))
        .returns("pool.max-streams-per-connection", InvalidSettingException::key)
        .returns("1 or more", InvalidSettingException::expected);
  }

  @Test
  void theWarmUpOfASharedPoolIsNotBoundByTheSessionsOwnLimit() {
    PoolSettings shared = PoolSettings.DEFAULTS.withName("crm").withMaxConnections(3);
    assertThat(shared.withWarmUp(4).warmUp()).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a\nb", "a\0"})
  void aPoolsNameCanBeShown(String name) {
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> PoolSettings.DEFAULTS.withName(name))
        .returns("pool.name", InvalidSettingException::key);
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> SharedPoolSettings.named(name))
        .returns("name", InvalidSettingException::key);
  }

  @Test
  void aSharedPoolHasTheDefaultsOfASessionsPool() {
    SharedPoolSettings pool = SharedPoolSettings.named("crm");
    assertThat(pool.pool()).isEqualTo(PoolSettings.DEFAULTS);
    assertThat(pool.queue()).isEqualTo(QueueSettings.DEFAULTS);
  }

  @Test
  void aSharedPoolIsNoMemberOfAnother() {
    SharedPoolSettings pool = SharedPoolSettings.named("crm");
    PoolSettings named = PoolSettings.DEFAULTS.withName("other");
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> pool.withPool(named))
        .returns("pool.name", InvalidSettingException::key)
        .returns("other", InvalidSettingException::value);
  }

  @Test
  void aSharedPoolIsWarmedUpByItsSessions() {
    SharedPoolSettings pool = SharedPoolSettings.named("crm");
    PoolSettings warm = PoolSettings.DEFAULTS.withWarmUp(1);
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> pool.withPool(warm))
        .returns("pool.warm-up", InvalidSettingException::key)
        .satisfies(e -> assertThat(e.expected()).contains("of a session"));
  }
}
