package org.sessionregistry.jmx;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.sessionregistry.FailureKind;
import org.sessionregistry.PoolStatistics;
import org.sessionregistry.PoolStatistics.Holder;
import org.sessionregistry.SessionStatistics;
import org.sessionregistry.observe.SessionMXBean;
import org.sessionregistry.settings.SessionSettings;

/**
 * Shows a session's statistics and its limits. The rule: nothing that may be a secret, so no
 * header, no query and no user. Any thread may read it.
 */
public final class SessionBean implements SessionMXBean {
  /** Whether the server has it; confined to the one task at a time that speaks to the server. */
  boolean shown;

  /** Whether the session is closed, so that it must not be shown any more. */
  volatile boolean closed;

  private final String name;
  private final Supplier<SessionSettings> settings;
  private final Supplier<SessionStatistics> statistics;

  /**
   * Shows a session.
   *
   * @param name its name
   * @param settings what it is told, with the limits of the pool that it really has
   * @param statistics what it has done
   */
  public SessionBean(
      String name, Supplier<SessionSettings> settings, Supplier<SessionStatistics> statistics) {
    this.name = name;
    this.settings = settings;
    this.statistics = statistics;
  }

  private SessionStatistics now() {
    return statistics.get();
  }

  private PoolStatistics poolNow() {
    return now().pool();
  }

  @Override
  public String getName() {
    return name;
  }

  @Override
  public String getBaseUrl() {
    return settings.get().baseUrl().map(SessionBean::harmless).orElse("");
  }

  private static String harmless(URI base) {
    String path = base.getRawPath();
    return base.getScheme()
        + "://"
        + base.getHost()
        + (base.getPort() < 0 ? "" : ":" + base.getPort())
        + (path == null ? "" : path);
  }

  // ---- what it has done -----------------------------------------------------------------------

  @Override
  public long getRequests() {
    return now().requests();
  }

  @Override
  public long getInFlight() {
    return now().inFlight();
  }

  @Override
  public long getSucceeded() {
    return now().succeeded();
  }

  @Override
  public long getFailed() {
    return now().failed();
  }

  @Override
  public Map<String, Long> getFailures() {
    return named(now().failures());
  }

  /** With strings as keys, which a client of JMX knows without our classes. */
  static Map<String, Long> named(Map<FailureKind, Long> failures) {
    Map<String, Long> named = new TreeMap<>();
    failures.forEach((kind, count) -> named.put(kind.name(), count));
    return named;
  }

  @Override
  public long getCancelled() {
    return now().cancelled();
  }

  @Override
  public long getRetries() {
    return now().retries();
  }

  @Override
  public long getWaits() {
    return now().waits();
  }

  @Override
  public long getTotalWaitMillis() {
    return now().waited().toMillis();
  }

  @Override
  public double getMeanWaitMillis() {
    return now().meanWait().toNanos() / 1e6;
  }

  @Override
  public long getBytesSent() {
    return now().bytesSent();
  }

  @Override
  public long getBytesReceived() {
    return now().bytesReceived();
  }

  // ---- its pool -------------------------------------------------------------------------------

  @Override
  public String getPoolName() {
    return now().sharedPool().orElse("");
  }

  @Override
  public int getMaxConnections() {
    return poolNow().maxConnections();
  }

  @Override
  public int getConnectionsInUse() {
    return poolNow().inUse();
  }

  @Override
  public int getConnectionsIdle() {
    return poolNow().idle();
  }

  @Override
  public int getConnectionsOpening() {
    return poolNow().opening();
  }

  @Override
  public int getConnectionsClosing() {
    return poolNow().closing();
  }

  @Override
  public int getPeakConnectionsInUse() {
    return poolNow().peakInUse();
  }

  @Override
  public long getConnectionsOpened() {
    return poolNow().opened();
  }

  @Override
  public long getConnectionFailures() {
    return poolNow().openFailures();
  }

  @Override
  public long getConnectionsReused() {
    return poolNow().reused();
  }

  @Override
  public int getLeases() {
    return poolNow().leases();
  }

  @Override
  public Map<String, Integer> getLargestHolders() {
    return holders(Holder::inUse);
  }

  @Override
  public Map<String, Integer> getLargestHoldersWaiting() {
    return holders(Holder::waiting);
  }

  private Map<String, Integer> holders(ToIntFunction<Holder> figure) {
    Map<String, Integer> holders = new LinkedHashMap<>();
    poolNow().largestHolders().forEach(h -> holders.put(h.name(), figure.applyAsInt(h)));
    return holders;
  }

  @Override
  public int getMaxQueueSize() {
    return poolNow().queueLimit().orElse(-1);
  }

  @Override
  public int getWaiting() {
    return poolNow().waiting();
  }

  @Override
  public int getWaitingForPermit() {
    return poolNow().waitingForPermit();
  }

  @Override
  public int getPeakWaiting() {
    return poolNow().peakWaiting();
  }

  @Override
  public long getOldestWaitMillis() {
    return poolNow().oldestWait().toMillis();
  }

  @Override
  public long getLongestWaitMillis() {
    return poolNow().longestWait().toMillis();
  }

  // ---- what it was told -----------------------------------------------------------------------

  @Override
  public int getMaxConnectionsPerHost() {
    return settings.get().pool().maxConnectionsPerHost();
  }

  @Override
  public String getPriority() {
    return settings.get().priority().name();
  }

  @Override
  public long getKeepAliveMillis() {
    return settings.get().pool().keepAlive().toMillis();
  }

  @Override
  public long getMaxLifetimeMillis() {
    return settings.get().pool().maxLifetime().toMillis();
  }

  @Override
  public long getTotalTimeoutMillis() {
    return settings.get().timeout().total().toMillis();
  }

  @Override
  public long getQueueTimeoutMillis() {
    return settings.get().timeout().queue().toMillis();
  }

  @Override
  public long getConnectTimeoutMillis() {
    return settings.get().timeout().connect().toMillis();
  }

  @Override
  public long getResponseTimeoutMillis() {
    return settings.get().timeout().response().toMillis();
  }

  @Override
  public long getReadTimeoutMillis() {
    return settings.get().timeout().read().toMillis();
  }
}
