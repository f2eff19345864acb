package org.sessionregistry.connector;

import java.util.List;
import java.util.OptionalInt;

/**
 * The pool at one moment; times in nanoseconds. See {@code PoolStatistics} of the API for the
 * meaning of each.
 *
 * @param maxConnections the limit, 0 for none
 * @param queueLimit the most that may wait, empty for no limit
 * @param inUse leased
 * @param idle idle
 * @param opening being opened or about to be
 * @param closing being closed
 * @param waiting in the queue
 * @param peakInUse most leased at once
 * @param peakWaiting most in the queue at once
 * @param opened opened so far
 * @param openFailures failed to open so far
 * @param reused leases so far of a connection that had been used before
 * @param oldestWaitNanos of those in the queue
 * @param longestWaitNanos so far
 * @param leases out; more than connections in use where these multiplex
 * @param waitingForPermit of those in the queue, those that wait for a permit of a rate limit
 * @param holders the members that hold most; none when there is only one member
 */
public record PoolSnapshot(
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
    long oldestWaitNanos,
    long longestWaitNanos,
    int leases,
    int waitingForPermit,
    List<Holder> holders) {

  /**
   * A member of the pool that holds connections.
   *
   * @param name whose
   * @param holding its leases and the connections that are being opened for it
   * @param waiting its requests in the queue
   */
  public record Holder(String name, int holding, int waiting) {}
}
