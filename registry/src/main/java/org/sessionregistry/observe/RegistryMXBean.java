package org.sessionregistry.observe;

import java.util.Map;

/**
 * A registry and all its sessions together, as JMX shows them: {@code
 * org.sessionregistry:type=Registry,registry=<number>}, from its first request until it is closed.
 * The number tells several registries of one JVM apart, in the order of their start. What a session
 * that was closed by itself had counted goes with it. Any thread may read it.
 */
public interface RegistryMXBean {
  // What its sessions have done and are doing

  /**
   * The names of all sessions, in the order in which they were opened.
   *
   * @return the names
   */
  @Description("The names of all sessions, in the order in which they were opened.")
  String[] getSessionNames();

  /**
   * How many sessions there are.
   *
   * @return the number
   */
  @Description("How many sessions there are.")
  int getSessions();

  /**
   * Connections of all sessions: opening, in use, idle and closing.
   *
   * @return the number
   */
  @Description("Connections of all sessions: opening, in use, idle and closing.")
  int getConnections();

  /**
   * Requests of all sessions in the queue for a connection.
   *
   * @return the number
   */
  @Description("Requests of all sessions in the queue for a connection.")
  int getWaiting();

  /**
   * Exchanges of all open sessions begun.
   *
   * @return the number
   */
  @Description("Exchanges of all open sessions begun.")
  long getRequests();

  /**
   * Exchanges begun and not ended.
   *
   * @return the number
   */
  @Description("Exchanges begun and not ended.")
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
   * Exchanges that failed, by kind; only those that occurred.
   *
   * @return their number by kind
   */
  @Description("Exchanges that failed, by kind; only those that occurred.")
  Map<String, Long> getFailures();

  /**
   * Exchanges that the application ended early.
   *
   * @return the number
   */
  @Description("Exchanges that the application ended early.")
  long getCancelled();

  // What it was told

  /**
   * The most connections of all sessions together; 0 unlimited.
   *
   * @return the limit
   */
  @Description("The most connections of all sessions together; 0 unlimited.")
  int getMaxConnections();

  /**
   * Threads that do the I/O of all sessions; 0 one per core.
   *
   * @return the number
   */
  @Description("Threads that do the I/O of all sessions; 0 one per core.")
  int getEventLoops();

  /**
   * How long requests in flight may take to finish when a session closes.
   *
   * @return milliseconds
   */
  @Description("How long requests in flight may take to finish when a session closes.")
  long getShutdownTimeoutMillis();

  // What can be done

  /**
   * Reads the configuration again and lets what has changed take effect, as {@code
   * SessionRegistry.reload()} does.
   *
   * @return what has changed
   * @throws IllegalStateException if the registry has nothing to read from
   * @throws IllegalArgumentException if the configuration cannot be used, with all that is wrong
   */
  @Description("Reads the configuration again; tells what has changed.")
  String reload();
}
