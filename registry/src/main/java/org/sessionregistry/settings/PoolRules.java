package org.sessionregistry.settings;

/**
 * The rules of {@link PoolSettings} that take more than a line. The rule: a limit that is never
 * reached, because another one is lower, was not meant so and is refused. The texts name keys
 * without their group, because those of a shared pool have none. Stateless, for any thread.
 */
final class PoolRules {
  private static final int MOST_WARM_UP = 1000;

  private PoolRules() {}

  /** A limit of a part of the pool is no larger than that of the whole. */
  static void within(int maxConnections, String key, int part) {
    if (maxConnections > 0 && part > maxConnections) {
      throw new InvalidSettingException(
          "pool." + key,
          Integer.toString(part),
          key + " (" + part + ") to be at most max-connections (" + maxConnections + ")");
    }
  }

  /** What is reserved leaves something for the others. */
  static void reserved(int maxConnections, int reserved) {
    if (reserved < 0) {
      refuseReserved(reserved, "0 (none) or a positive whole number");
    }
    if (reserved > 0 && maxConnections == 0) {
      refuseReserved(
          reserved,
          "reserved-high=0, because there is always a connection where max-connections is 0"
              + " (unlimited)");
    }
    if (reserved > 0 && reserved >= maxConnections) {
      refuseReserved(
          reserved,
          "reserved-high ("
              + reserved
              + ") to be less than max-connections ("
              + maxConnections
              + ")");
    }
  }

  private static void refuseReserved(int reserved, String expected) {
    throw new InvalidSettingException("pool.reserved-high", Integer.toString(reserved), expected);
  }

  /** A connection takes a request. */
  static void streams(int most) {
    if (most < 1) {
      throw new InvalidSettingException(
          "pool.max-streams-per-connection", Integer.toString(most), "1 or more");
    }
  }

  /** No more is opened at start than there may be. */
  static void warmUp(int maxConnections, int warmUp) {
    int most = maxConnections == 0 ? MOST_WARM_UP : maxConnections;
    if (warmUp < 0 || warmUp > most) {
      throw new InvalidSettingException(
          "pool.warm-up",
          Integer.toString(warmUp),
          "0 up to " + most + (maxConnections == 0 ? "" : ", which is pool.max-connections"));
    }
  }
}
