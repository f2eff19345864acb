package org.sessionregistry.settings;

/**
 * A pool that several sessions share: each of those whose {@code pool.name} is its name. The rule:
 * what belongs to a single session is refused here. Immutable.
 *
 * @param name the pool's name
 * @param pool its connections; without a name of their own and without a warm-up
 * @param queue the waiting of all its sessions
 */
public record SharedPoolSettings(String name, PoolSettings pool, QueueSettings queue) {

  /** Refuses a name that cannot be shown, and what belongs to a session. */
  public SharedPoolSettings {
    Check.name("name", name);
    pool.name()
        .ifPresent(
            other -> {
              throw new InvalidSettingException(
                  "pool.name",
                  other,
                  "no pool.name within a shared pool, which is itself the pool");
            });
    if (pool.warmUp() != 0) {
      throw new InvalidSettingException(
          "pool.warm-up",
          Integer.toString(pool.warmUp()),
          "pool.warm-up of a session that shares the pool, to whose base-url the connections are"
              + " opened");
    }
  }

  /**
   * A pool with every setting at its default.
   *
   * @param name the pool's name
   * @return the settings
   */
  public static SharedPoolSettings named(String name) {
    return new SharedPoolSettings(name, PoolSettings.DEFAULTS, QueueSettings.DEFAULTS);
  }

  /**
   * A copy with other limits on its connections.
   *
   * @param value the limits
   * @return the copy
   */
  public SharedPoolSettings withPool(PoolSettings value) {
    return new SharedPoolSettings(name, value, queue);
  }

  /**
   * A copy with other limits on waiting.
   *
   * @param value the limits
   * @return the copy
   */
  public SharedPoolSettings withQueue(QueueSettings value) {
    return new SharedPoolSettings(name, pool, value);
  }
}
