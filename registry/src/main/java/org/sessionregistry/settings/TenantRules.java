package org.sessionregistry.settings;

import java.util.Map;

/**
 * What holds between a session and its tenants. The rule: what a tenant sets has an effect, so
 * nothing is set for tenants of a session without any, nor for the pool of one that all share.
 * Stateless, for any thread.
 */
final class TenantRules {
  private TenantRules() {}

  static void tenancy(TenancySettings tenancy, PoolSettings pool) {
    if (tenancy.type() != TenancyType.NONE
        && tenancy.pool() == TenantPool.ISOLATED
        && pool.name().isPresent()) {
      throw new InvalidSettingException(
          "tenancy.pool",
          "isolated",
          "tenancy.pool=shared beside pool.name, because the pool "
              + pool.name().get()
              + " is shared by all");
    }
  }

  static void tenants(
      String name,
      TenancySettings tenancy,
      PoolSettings pool,
      QueueSettings queue,
      Map<String, SessionSettings> tenants) {
    if (!tenants.isEmpty() && tenancy.type() == TenancyType.NONE) {
      throw new InvalidSettingException(
          "tenants", String.join(",", tenants.keySet()), "tenancy=required or optional beside it");
    }
    tenants.forEach(
        (tenant, settings) -> {
          Check.name("tenants", tenant);
          String key = key(tenant);
          if (!settings.name().equals(name)) {
            fail(key + ".name", settings.name(), name + ", the name of the tenant's session");
          }
          if (settings.tenancy().type() != TenancyType.NONE || !settings.tenants().isEmpty()) {
            fail(key + ".tenancy", "set", "no tenancy, because a tenant has no tenants");
          }
          if (tenancy.pool() == TenantPool.ISOLATED) {
            settings.pool().name().ifPresent(p -> fail(key + ".pool.name", p, ownPool()));
          } else if (!settings.pool().equals(pool)) {
            fail(key + ".pool", settings.pool().toString(), sharedPool());
          } else if (!settings.queue().equals(queue)) {
            fail(key + ".queue", settings.queue().toString(), sharedPool());
          }
        });
  }

  /** How refusals name the settings of a tenant. */
  static String key(String tenant) {
    return "tenants." + (tenant.contains(".") ? '"' + tenant + '"' : tenant);
  }

  private static String ownPool() {
    return "no pool.name, because with tenancy.pool=isolated each tenant has a pool of its own";
  }

  private static String sharedPool() {
    return "the settings of the session, because with tenancy.pool=shared its pool is that of all"
        + " tenants";
  }

  private static void fail(String key, String shown, String expected) {
    throw new InvalidSettingException(key, shown, expected);
  }
}
