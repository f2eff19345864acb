package org.sessionregistry.settings;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How many connections a pool holds, and for how long. The rule: limits that contradict each other
 * are refused, so whoever raises one above {@code maxConnections} raises that first. A session that
 * names a pool of its registry uses the settings of that pool; of its own only {@code warmUp}
 * counts. Immutable.
 *
 * @param name the pool that is shared with other sessions; empty for one of the session's own
 * @param maxConnections connections of the pool being opened, in use, idle and closing; 0 unlimited
 * @param maxConnectionsPerHost the same for one route (scheme, host, port); 0 unlimited
 * @param maxConnectionsPerTenant of a shared pool, the connections, or streams of HTTP/2, that one
 *     of its sessions or tenants may hold at once; 0 unlimited
 * @param reservedHigh connections of the pool that only requests of high priority may take; 0 none
 * @param maxStreamsPerConnection requests at once on a connection of HTTP/2, unless its server
 *     allows fewer
 * @param keepAlive how long an idle connection is kept; 0 closes after each use
 * @param maxLifetime how old a connection may become, less a random tenth; 0 unlimited
 * @param maxUses how many requests a connection may serve; 0 unlimited
 * @param warmUp connections to the base URL opened at start, in the background
 */
public record PoolSettings(
    @Setting(
            "A client-session-pool that the session shares with others; its settings take the place"
                + " of the session's own settings of pool and queue, except pool.warm-up. A pool of"
                + " its own unless it is set.")
        Optional<String> name,
    @Setting(
            "Connections of the pool: opening, in use and idle; 0 unlimited. One that is being"
                + " opened has a socket for each address that is raced (dns.race-delay), until one"
                + " of them connects.")
        int maxConnections,
    @Setting("Connections of one route (scheme, host, port); 0 unlimited.")
        int maxConnectionsPerHost,
    @Setting(
            "Connections, or streams of HTTP/2, of a shared pool that one of its sessions or"
                + " tenants may hold at once; 0 unlimited.")
        int maxConnectionsPerTenant,
    @Setting(
            "Connections of the pool that only requests with priority high may take; less than"
                + " max-connections; 0 none.")
        int reservedHigh,
    @Setting(
            "Requests at once on one connection of HTTP/2; the server's own limit when that is"
                + " lower.")
        int maxStreamsPerConnection,
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

  /**
   * The defaults: a pool of the session's own with 100 connections of up to 100 streams, no further
   * limits, 15 s keep-alive, 10 min lifetime.
   */
  public static final PoolSettings DEFAULTS =
      new PoolSettings(
          Optional.empty(),
          100,
          0,
          0,
          0,
          100,
          Duration.ofSeconds(15),
          Duration.ofMinutes(10),
          0,
          0);

  /** Refuses negative limits and durations, and limits that contradict each other. */
  public PoolSettings {
    name.ifPresent(n -> Check.name("pool.name", n));
    Check.count("pool.max-connections", maxConnections);
    Check.count("pool.max-connections-per-host", maxConnectionsPerHost);
    Check.count("pool.max-connections-per-tenant", maxConnectionsPerTenant);
    Check.duration("pool.keep-alive", keepAlive);
    Check.duration("pool.max-lifetime", maxLifetime);
    Check.count("pool.max-uses", maxUses);
    PoolRules.streams(maxStreamsPerConnection);
    PoolRules.within(maxConnections, "max-connections-per-host", maxConnectionsPerHost);
    PoolRules.within(maxConnections, "max-connections-per-tenant", maxConnectionsPerTenant);
    PoolRules.reserved(maxConnections, reservedHigh);
    PoolRules.warmUp(name.isPresent() ? 0 : maxConnections, warmUp);
  }

  /**
   * A copy that shares a pool of the registry; of its own settings only the warm-up still counts.
   *
   * @param value the name of the pool
   * @return the copy
   */
  public PoolSettings withName(String value) {
    return with(copy -> copy.name = Optional.of(value));
  }

  /**
   * A copy with another limit of connections.
   *
   * @param value the limit, 0 unlimited
   * @return the copy
   */
  public PoolSettings withMaxConnections(int value) {
    return with(copy -> copy.maxConnections = value);
  }

  /**
   * A copy with another limit of connections for one route.
   *
   * @param value the limit, 0 unlimited
   * @return the copy
   */
  public PoolSettings withMaxConnectionsPerHost(int value) {
    return with(copy -> copy.maxConnectionsPerHost = value);
  }

  /**
   * A copy with another limit for each session or tenant of a shared pool.
   *
   * @param value the connections, or streams of HTTP/2, that one may hold at once; 0 unlimited
   * @return the copy
   */
  public PoolSettings withMaxConnectionsPerTenant(int value) {
    return with(copy -> copy.maxConnectionsPerTenant = value);
  }

  /**
   * A copy that keeps connections for requests of high priority.
   *
   * @param value how many, less than the limit of connections; 0 none
   * @return the copy
   */
  public PoolSettings withReservedHigh(int value) {
    return with(copy -> copy.reservedHigh = value);
  }

  /**
   * A copy with another limit of requests at once on a connection of HTTP/2.
   *
   * @param value the limit, at least 1
   * @return the copy
   */
  public PoolSettings withMaxStreamsPerConnection(int value) {
    return with(copy -> copy.maxStreamsPerConnection = value);
  }

  /**
   * A copy with another idle time.
   *
   * @param value the time, 0 closes after each use
   * @return the copy
   */
  public PoolSettings withKeepAlive(Duration value) {
    return with(copy -> copy.keepAlive = value);
  }

  /**
   * A copy with another greatest age.
   *
   * @param value the age, 0 unlimited
   * @return the copy
   */
  public PoolSettings withMaxLifetime(Duration value) {
    return with(copy -> copy.maxLifetime = value);
  }

  /**
   * A copy with another limit of requests for each connection.
   *
   * @param value the limit, 0 unlimited
   * @return the copy
   */
  public PoolSettings withMaxUses(int value) {
    return with(copy -> copy.maxUses = value);
  }

  /**
   * A copy that opens connections at start.
   *
   * @param value how many
   * @return the copy
   */
  public PoolSettings withWarmUp(int value) {
    return with(copy -> copy.warmUp = value);
  }

  private PoolSettings with(Consumer<Copy> change) {
    Copy copy = new Copy(this);
    change.accept(copy);
    return copy.freeze();
  }

  /** The settings while one of them changes. Confined to one call. */
  private static final class Copy {
    private Optional<String> name;
    private int maxConnections;
    private int maxConnectionsPerHost;
    private int maxConnectionsPerTenant;
    private int reservedHigh;
    private int maxStreamsPerConnection;
    private Duration keepAlive;
    private Duration maxLifetime;
    private int maxUses;
    private int warmUp;

    private Copy(PoolSettings from) {
      name = from.name;
      maxConnections = from.maxConnections;
      maxConnectionsPerHost = from.maxConnectionsPerHost;
      maxConnectionsPerTenant = from.maxConnectionsPerTenant;
      reservedHigh = from.reservedHigh;
      maxStreamsPerConnection = from.maxStreamsPerConnection;
      keepAlive = from.keepAlive;
      maxLifetime = from.maxLifetime;
      maxUses = from.maxUses;
      warmUp = from.warmUp;
    }

    private PoolSettings freeze() {
      return new PoolSettings(
          name,
          maxConnections,
          maxConnectionsPerHost,
          maxConnectionsPerTenant,
          reservedHigh,
          maxStreamsPerConnection,
          keepAlive,
          maxLifetime,
          maxUses,
          warmUp);
    }
  }
}
