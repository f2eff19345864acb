package org.sessionregistry.settings;

import java.time.Duration;

/**
 * How many connections a pool holds, and for how long.
 *
 * @param maxConnections connections of the pool being opened, in use, idle and closing; 0 unlimited
 * @param maxConnectionsPerHost the same for one route (scheme, host, port); 0 unlimited
 * @param keepAlive how long an idle connection is kept; 0 closes after each use
 */
public record PoolSettings(
    @Setting("Connections of the pool: opening, in use and idle; 0 unlimited.") int maxConnections,
    @Setting("Connections of one route (scheme, host, port); 0 unlimited.")
        int maxConnectionsPerHost,
    @Setting(
            "Idle time before a connection is closed; a server's shorter Keep-Alive hint wins; 0"
                + " closes after each use.")
        Duration keepAlive) {

  /** The defaults: 100 connections, no limit per host, 15 s keep-alive. */
  public static final PoolSettings DEFAULTS = new PoolSettings(100, 0, Duration.ofSeconds(15));

  /** Refuses negative limits and durations. */
  public PoolSettings {
    Check.count("pool.max-connections", maxConnections);
    Check.count("pool.max-connections-per-host", maxConnectionsPerHost);
    Check.duration("pool.keep-alive", keepAlive);
  }

  /**
   * A copy with another limit of connections.
   *
   * @param value the limit, 0 unlimited
   * @return the copy
   */
  public PoolSettings withMaxConnections(int value) {
    return new PoolSettings(value, maxConnectionsPerHost, keepAlive);
  }

  /**
   * A copy with another limit of connections for one route.
   *
   * @param value the limit, 0 unlimited
   * @return the copy
   */
  public PoolSettings withMaxConnectionsPerHost(int value) {
    return new PoolSettings(maxConnections, value, keepAlive);
  }

  /**
   * A copy with another idle time.
   *
   * @param value the time, 0 closes after each use
   * @return the copy
   */
  public PoolSettings withKeepAlive(Duration value) {
    return new PoolSettings(maxConnections, maxConnectionsPerHost, value);
  }
}
