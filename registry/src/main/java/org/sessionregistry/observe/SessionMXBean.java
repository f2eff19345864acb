package org.sessionregistry.observe;

import java.util.Map;

/**
 * A session and its pool, as JMX shows them: {@code
 * org.sessionregistry:type=Session,registry=<number>,name="<session>"}, from its first request
 * until it is closed. If its tenants have a pool each, it shows them as one, limits included; what
 * it was told is said for each. Each attribute is read on its own, so two of them may be of
 * different moments. The rule: no value of a header, query parameter, cookie or credential is here.
 * Any thread may read it.
 */
public interface SessionMXBean {
  // What it has done

  /**
   * The name of the session.
   *
   * @return the name
   */
  @Description("The name of the session.")
  String getName();

  /**
   * Its base URL without user, password and query; empty if it has none.
   *
   * @return the URL
   */
  @Description("Its base URL without user, password and query; empty if it has none.")
  String getBaseUrl();

  /**
   * Exchanges begun.
   *
   * @return the number
   */
  @Description("Exchanges begun.")
  long getRequests();

  /**
   * Exchanges begun and not ended; one ends with the last byte of its body.
   *
   * @return the number
   */
  @Description("Exchanges begun and not ended; one ends with the last byte of its body.")
  long getInFlight();

  /**
   * Exchanges that ended with a whole response, whatever its status.
   *
   * @return the number
   */
  @Description("Exchanges that ended with a whole response, whatever its status.")
  long getSucceeded();

  /**
   * Exchanges that ended with an exception.
   *
   * @return the number
   */
  @Description("Exchanges that ended with an exception.")
  long getFailed();

  /**
   * Exchanges that failed, by kind (QUEUE_FULL, CONNECT_TIMEOUT, …); only those that occurred.
   *
   * @return their number by kind
   */
  @Description(
      "Exchanges that failed, by kind (QUEUE_FULL, CONNECT_TIMEOUT, …); only those that occurred.")
  Map<String, Long> getFailures();

  /**
   * Exchanges that the application ended early.
   *
   * @return the number
   */
  @Description("Exchanges that the application ended early.")
  long getCancelled();

  /**
   * Requests sent a second time because a reused connection had died.
   *
   * @return the number
   */
  @Description("Requests sent a second time because a reused connection had died.")
  long getRetries();

  /**
   * Exchanges that ended and had been in the queue for a connection.
   *
   * @return the number
   */
  @Description("Exchanges that ended and had been in the queue for a connection.")
  long getWaits();

  /**
   * How long they were in the queue, all together.
   *
   * @return milliseconds
   */
  @Description("How long they were in the queue, all together.")
  long getTotalWaitMillis();

  /**
   * How long they were in the queue, on the average.
   *
   * @return milliseconds
   */
  @Description("How long they were in the queue, on the average.")
  double getMeanWaitMillis();

  /**
   * Body bytes sent.
   *
   * @return the bytes
   */
  @Description("Body bytes sent.")
  long getBytesSent();

  /**
   * Body bytes received.
   *
   * @return the bytes
   */
  @Description("Body bytes received.")
  long getBytesReceived();

  // What its pool is doing and has done

  /**
   * The pool that the session shares with others; empty if it has one of its own.
   *
   * @return the name
   */
  @Description("The pool that the session shares with others; empty if it has one of its own.")
  String getPoolName();

  /**
   * The most connections of the pool at once; 0 unlimited.
   *
   * @return the limit
   */
  @Description("The most connections of the pool at once; 0 unlimited.")
  int getMaxConnections();

  /**
   * Connections that serve a request.
   *
   * @return the number
   */
  @Description("Connections that serve a request.")
  int getConnectionsInUse();

  /**
   * Open connections without a request.
   *
   * @return the number
   */
  @Description("Open connections without a request.")
  int getConnectionsIdle();

  /**
   * Connections that are being opened.
   *
   * @return the number
   */
  @Description("Connections that are being opened.")
  int getConnectionsOpening();

  /**
   * Connections that are being closed; they still count towards the limit.
   *
   * @return the number
   */
  @Description("Connections that are being closed; they still count towards the limit.")
  int getConnectionsClosing();

  /**
   * The most connections that were in use at once.
   *
   * @return the number
   */
  @Description("The most connections that were in use at once.")
  int getPeakConnectionsInUse();

  /**
   * Connections opened so far.
   *
   * @return the number
   */
  @Description("Connections opened so far.")
  long getConnectionsOpened();

  /**
   * Attempts to open a connection that failed so far.
   *
   * @return the number
   */
  @Description("Attempts to open a connection that failed so far.")
  long getConnectionFailures();

  /**
   * Requests so far that took a connection which had served another.
   *
   * @return the number
   */
  @Description("Requests so far that took a connection which had served another.")
  long getConnectionsReused();

  /**
   * Requests that use a connection; several may use one of HTTP/2.
   *
   * @return the number
   */
  @Description("Requests that use a connection; several may use one of HTTP/2.")
  int getLeases();

  /**
   * Connections, or streams of HTTP/2, of those that use most of a shared pool.
   *
   * @return their number by name
   */
  @Description("Connections, or streams of HTTP/2, of those that use most of a shared pool.")
  Map<String, Integer> getLargestHolders();

  /**
   * Requests of the same that wait.
   *
   * @return their number by name
   */
  @Description("Requests of the same that wait.")
  Map<String, Integer> getLargestHoldersWaiting();

  /**
   * The most requests that may wait for the pool; 0 none may, -1 unlimited.
   *
   * @return the limit
   */
  @Description("The most requests that may wait for the pool; 0 none may, -1 unlimited.")
  int getMaxQueueSize();

  /**
   * Requests in the queue for a connection.
   *
   * @return the number
   */
  @Description("Requests in the queue for a connection.")
  int getWaiting();

  /**
   * Of the requests in the queue, those that wait for a permit of {@code rate-limit}.
   *
   * @return the number
   */
  @Description("Of the requests in the queue, those that wait for a permit of rate-limit.")
  int getWaitingForPermit();

  /**
   * The most requests that were in the queue at once.
   *
   * @return the number
   */
  @Description("The most requests that were in the queue at once.")
  int getPeakWaiting();

  /**
   * How long the request that waits longest has been in the queue.
   *
   * @return milliseconds
   */
  @Description("How long the request that waits longest has been in the queue.")
  long getOldestWaitMillis();

  /**
   * The longest that a request was in the queue so far.
   *
   * @return milliseconds
   */
  @Description("The longest that a request was in the queue so far.")
  long getLongestWaitMillis();

  // What it was told

  /**
   * The most connections to one host (scheme, host, port); 0 unlimited.
   *
   * @return the limit
   */
  @Description("The most connections to one host (scheme, host, port); 0 unlimited.")
  int getMaxConnectionsPerHost();

  /**
   * How soon its waiting requests are served: HIGH, NORMAL or LOW.
   *
   * @return the priority
   */
  @Description("How soon its waiting requests are served: HIGH, NORMAL or LOW.")
  String getPriority();

  /**
   * How long an idle connection is kept; 0 closes after each use.
   *
   * @return milliseconds
   */
  @Description("How long an idle connection is kept; 0 closes after each use.")
  long getKeepAliveMillis();

  /**
   * How old a connection may become; 0 unlimited.
   *
   * @return milliseconds
   */
  @Description("How old a connection may become; 0 unlimited.")
  long getMaxLifetimeMillis();

  /**
   * The limit on a whole exchange; 0 none.
   *
   * @return milliseconds
   */
  @Description("The limit on a whole exchange; 0 none.")
  long getTotalTimeoutMillis();

  /**
   * The limit on waiting in the queue; 0 none.
   *
   * @return milliseconds
   */
  @Description("The limit on waiting in the queue; 0 none.")
  long getQueueTimeoutMillis();

  /**
   * The limit on a TCP connect; 0 none.
   *
   * @return milliseconds
   */
  @Description("The limit on a TCP connect; 0 none.")
  long getConnectTimeoutMillis();

  /**
   * The limit from the request to the headers of the response; 0 none.
   *
   * @return milliseconds
   */
  @Description("The limit from the request to the headers of the response; 0 none.")
  long getResponseTimeoutMillis();

  /**
   * The limit between two reads of a body; 0 none.
   *
   * @return milliseconds
   */
  @Description("The limit between two reads of a body; 0 none.")
  long getReadTimeoutMillis();
}
