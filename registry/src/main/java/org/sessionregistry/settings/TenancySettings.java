package org.sessionregistry.settings;

import java.time.Duration;

/**
 * Whether a session is a template for tenants, and how many of them it keeps.
 *
 * @param type whether each tenant gets its own session
 * @param pool whose connections the tenants use
 * @param maxTenants the most tenants that have a session at a time
 * @param idleTimeout how long the session of a tenant is kept that does not use it; 0 none
 */
public record TenancySettings(
    @Setting(
            key = ".",
            value =
                "Whether the session is a template of which each tenant gets its own, with its own"
                    + " cookies: none, required, or optional, where it can be used without a tenant"
                    + " too.")
        TenancyType type,
    @Setting(
            "The connections of tenants: shared (one pool, in which they take turns) or isolated (a"
                + " pool for each).")
        TenantPool pool,
    @Setting(
            "Tenants that have a session at a time; beyond it the idle one is closed that was not"
                + " used for the longest time.")
        int maxTenants,
    @Setting("Time after which the session of a tenant that does not use it is closed; 0 none.")
        Duration idleTimeout) {

  /** The defaults: no tenants; else one pool for 10 000 of them, kept for ten idle minutes. */
  public static final TenancySettings DEFAULTS =
      new TenancySettings(TenancyType.NONE, TenantPool.SHARED, 10_000, Duration.ofMinutes(10));

  /** Refuses a number that leaves room for no tenant, and a negative time. */
  public TenancySettings {
    if (maxTenants < 1) {
      throw new InvalidSettingException(
          "tenancy.max-tenants", Integer.toString(maxTenants), "1 or more");
    }
    Check.duration("tenancy.idle-timeout", idleTimeout);
  }

  /**
   * A copy for another kind of session.
   *
   * @param value whether each tenant gets its own session
   * @return the copy
   */
  public TenancySettings withType(TenancyType value) {
    return new TenancySettings(value, pool, maxTenants, idleTimeout);
  }

  /**
   * A copy with other connections.
   *
   * @param value whose connections the tenants use
   * @return the copy
   */
  public TenancySettings withPool(TenantPool value) {
    return new TenancySettings(type, value, maxTenants, idleTimeout);
  }

  /**
   * A copy for another number of tenants.
   *
   * @param value the most that have a session at a time, at least 1
   * @return the copy
   */
  public TenancySettings withMaxTenants(int value) {
    return new TenancySettings(type, pool, value, idleTimeout);
  }

  /**
   * A copy with another idle time.
   *
   * @param value how long an unused session is kept, 0 for ever
   * @return the copy
   */
  public TenancySettings withIdleTimeout(Duration value) {
    return new TenancySettings(type, pool, maxTenants, value);
  }
}
