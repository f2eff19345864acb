package org.sessionregistry.settings;

import java.time.Duration;

/**
 * How many connections a pool holds, and for how long.
 *
 * @param maxConnections connections of the pool being opened, in use, idle and closing; 0 unlimited
 * @param maxConnectionsPerHost the same for one route (scheme, host, port); 0 unlimited
 * @param keepAlive how long an idle connection is kept; 0 closes after each use
 * @param maxLifetime how old a connection may become, less a random tenth; 0 unlimited
 * @param maxUses how many requests a connection may serve; 0 unlimited
 * @param warmUp connections to the base URL opened at start, in the background
 */
public record PoolSettings(
    @Setting("Connections of the pool: opening, in use and idle; 0 unlimited.") int maxConnections,
    @Setting("Connections of one route (scheme, host, port); 0 unlimited.")
        int maxConnectionsPerHost,
    @Setting(
            "Idle time before a connection is closed; a server's shorter Keep-Alive hint wins; 0"
                + " closes after each use.")
        Duration keepAlive,
    @Setting(
            "Age at which a connection is closed once it is free, less a random tenth, so that"
                + " those opened together do not all end together; 0 none.")
        Duration maxLifetime,
    @Setting("Requests after which a connection is closed; 0 unlimited.") int maxUses,
    @Setting("Connections to base-url that are opened at start, in the background.") int warmUp) {

  /** The defaults: 100 connections, no limit per host, 15 s keep-alive, 10 min lifetime. */
  public static final PoolSettings DEFAULTS =
      new PoolSettings(100, 0, Duration.ofSeconds(15), Duration.ofMinutes(10), 0, 0);

  /** Refuses negative limits and durations. */
  public PoolSettings {
    Check.count("pool.max-connections", maxConnections);
    Check.count("pool.max-connections-per-host", maxConnectionsPerHost);
    Check.duration("pool.keep-alive", keepAlive);
    Check.duration("pool.max-lifetime", maxLifetime);
    Check.count("pool.max-uses", maxUses);
    int most = maxConnections == 0 ? 1000 : maxConnections;
    if (warmUp < 0 || warmUp > most) {
      throw new InvalidSettingException(
          "pool.warm-up",
          Integer.toString(warmUp),
          "0 up to " + most + (maxConnections == 0 ? "" : ", which is pool.max-connections"));
    }
  }

  /**
   * A copy with another limit of connections.
   *
   * @param value the limit, 0 unlimited
   * @return the copy
   */
  public PoolSettings withMaxConnections(int value) {
    return new PoolSettings(value, maxConnectionsPerHost, keepAlive, maxLifetime, maxUses, warmUp);
  }

  /**
   * A copy with another limit of connections for one route.
   *
   * @param value the limit, 0 unlimited
   * @return the copy
   */
  public PoolSettings withMaxConnectionsPerHost(int value) {
    return new PoolSettings(maxConnections, value, keepAlive, maxLifetime, maxUses, warmUp);
  }

  /**
   * A copy with another idle time.
   *
   * @param value the time, 0 closes after each use
   * @return the copy
   */
  public PoolSettings withKeepAlive(Duration value) {
    return new PoolSettings(
        maxConnections, maxConnectionsPerHost, value, maxLifetime, maxUses, warmUp);
  }

  /**
   * A copy with another greatest age.
   *
   * @param value the age, 0 unlimited
   * @return the copy
   */
  public PoolSettings withMaxLifetime(Duration value) {
    return new PoolSettings(
        maxConnections, maxConnectionsPerHost, keepAlive, value, maxUses, warmUp);
  }

  /**
   * A copy with another limit of requests for each connection.
   *
   * @param value the limit, 0 unlimited
   * @return the copy
   */
  public PoolSettings withMaxUses(int value) {
    return new PoolSettings(
        maxConnections, maxConnectionsPerHost, keepAlive, maxLifetime, value, warmUp);
  }

  /**
   * A copy that opens connections at start.
   *
   * @param value how many
   * @return the copy
   */
  public PoolSettings withWarmUp(int value) {
    return new PoolSettings(
        maxConnections, maxConnectionsPerHost, keepAlive, maxLifetime, maxUses, value);
  }
}
