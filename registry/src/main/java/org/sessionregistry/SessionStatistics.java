package org.sessionregistry;

/**
 * What a session has done so far, and its pool.
 *
 * @param session the session's name
 * @param requests exchanges begun
 * @param inFlight exchanges begun and not ended; one ends with the last byte of its body
 * @param succeeded exchanges that ended with a whole response, whatever its status
 * @param failed exchanges that ended with an exception
 * @param cancelled exchanges that the application ended early
 * @param bytesSent body bytes sent
 * @param bytesReceived body bytes received
 * @param pool its connections and its queue
 */
public record SessionStatistics(
    String session,
    long requests,
    long inFlight,
    long succeeded,
    long failed,
    long cancelled,
    long bytesSent,
    long bytesReceived,
    PoolStatistics pool) {}
