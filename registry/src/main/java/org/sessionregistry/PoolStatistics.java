package org.sessionregistry;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/**
 * What a connection pool is doing and has done. A snapshot, consistent in itself.
 *
 * <p>Of a session whose tenants have a pool each ({@code tenancy.pool=isolated}) it is the sum of
 * those pools, limits included; peaks and waits are those of the pool that had the greatest.
 *
 * @param maxConnections the limit, 0 for unlimited
 * @param queueLimit the most requests that may wait, empty for unlimited
 * @param inUse connections that serve a request
 * @param idle open connections without one
 * @param opening connections that are being opened
 * @param closing connections that are being closed; they still count towards the limit
 * @param waiting requests in the queue
 * @param peakInUse the most connections that were in use at once
 * @param peakWaiting the most requests that were in the queue at once
 * @param opened connections opened so far
 * @param openFailures attempts to open one that failed so far
 * @param reused requests so far that took a connection which had served another
 * @param oldestWait how long the request that waits longest has been in the queue
 * @param longestWait the longest that a request was in the queue so far
 * @param leases requests that use a connection; more than connections in use where HTTP/2 shares
 *     one between several
 * @param waitingForPermit of the requests in the queue, those that wait for a permit of {@code
 *     rate-limit} and not for a connection
 * @param largestHolders those that use most of a shared pool, or the tenants that use most
 *     connections, the largest first; empty when only one session uses the pool
 */
public record PoolStatistics(
    int maxConnections,
    OptionalInt queueLimit,
    int inUse,
    int idle,
    int opening,
    int closing,
    int waiting,
    int peakInUse,
    int peakWaiting,
    long opened,
    long openFailures,
    long reused,
    Duration oldestWait,
    Duration longestWait,
    int leases,
    int waitingForPermit,
    List<Holder> largestHolders) {

  /** Keeps a copy. */
  public PoolStatistics {
    largestHolders = List.copyOf(largestHolders);
  }

  /**
   * One of those that share a pool.
   *
   * @param name the session, or the tenant of one
   * @param inUse connections, or streams of HTTP/2, that it uses or that are opened for it
   * @param waiting its requests in the queue
   */
  public record Holder(String name, int inUse, int waiting) {
    @Override
    public String toString() {
      return name + " " + inUse;
    }
  }

  /** For messages: limit, in use, idle, opening, waiting and the oldest wait. */
  @Override
  public String toString() {
    return "max "
        + (maxConnections == 0 ? "unlimited" : Integer.toString(maxConnections))
        + ", in use "
        + inUse
        + ", idle "
        + idle
        + ", opening "
        + opening
        + ", waiting "
        + waiting
        + (waitingForPermit == 0 ? "" : " (" + waitingForPermit + " for a permit of rate-limit)")
        + (waiting == 0 ? "" : ", oldest wait " + PhaseTimes.text(oldestWait))
        + (largestHolders.isEmpty() ? "" : ", largest holders " + largestHolders);
  }
}
