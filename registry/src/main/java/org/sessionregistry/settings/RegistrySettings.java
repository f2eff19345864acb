package org.sessionregistry.settings;

import java.time.Duration;
import java.util.List;

/**
 * What all sessions of a registry share.
 *
 * @param names sessions that exist even if no other key mentions them
 * @param eventLoops threads that do the I/O of all sessions; 0 for one per core
 * @param maxConnections the most connections of all pools together; 0 for no such limit
 * @param shutdownTimeout how long requests in flight may take to finish when a session closes
 * @param unknownKeys what happens on an unknown key
 * @param leakDetection whether forgotten responses are found
 * @param jmx whether sessions and their pools are shown in JMX
 * @param reloadInterval how often the configuration is read again; 0 never
 */
public record RegistrySettings(
    @Setting("Sessions that exist even if no other key mentions them, comma separated.")
        List<String> names,
    @Setting("Threads that do the I/O of all sessions; 0 means one per core.") int eventLoops,
    @Setting(
            "Connections of all pools together: opening, in use and idle; when there are so many,"
                + " an idle one is closed for one that is needed; 0 none.")
        int maxConnections,
    @Setting("How long requests in flight may take to finish when a session closes.")
        Duration shutdownTimeout,
    @Setting("What an unknown key does: fail or warn.") UnknownKeys unknownKeys,
    @Setting(
            "Whether responses that were neither read to their end nor closed are found, logged once"
                + " and taken back: off, sampled (of one request in 1024 it is known where it was"
                + " sent) or full (of every request, which costs).")
        LeakDetection leakDetection,
    @Setting(
            "Whether the registry and its sessions are MBeans (org.sessionregistry:*) of the JVM's"
                + " own MBean server.")
        boolean jmx,
    @Setting(
            value =
                "How often the configuration is read again, and what has changed is taken over"
                    + " without a restart; 0 or off never.",
            zero = "off")
        Duration reloadInterval) {

  /**
   * The defaults: one event loop per core, no budget of connections, 10 s to shut down, unknown
   * keys fail, leaks are found, shown in JMX, read once.
   */
  public static final RegistrySettings DEFAULTS =
      new RegistrySettings(
          List.of(),
          0,
          0,
          Duration.ofSeconds(10),
          UnknownKeys.FAIL,
          LeakDetection.SAMPLED,
          true,
          Duration.ZERO);

  /** Refuses negative numbers and durations. */
  public RegistrySettings {
    names = List.copyOf(names);
    if (eventLoops < 0 || eventLoops > 1024) {
      throw new InvalidSettingException(
          "event-loops", Integer.toString(eventLoops), "0 (one per core) up to 1024");
    }
    Check.count("max-connections", maxConnections);
    Check.duration("shutdown-timeout", shutdownTimeout);
    Check.duration("reload-interval", reloadInterval);
  }

  /**
   * A copy with other names.
   *
   * @param value sessions that exist even if no other key mentions them
   * @return the copy
   */
  public RegistrySettings withNames(List<String> value) {
    return new RegistrySettings(
        value,
        eventLoops,
        maxConnections,
        shutdownTimeout,
        unknownKeys,
        leakDetection,
        jmx,
        reloadInterval);
  }

  /**
   * A copy with another answer to unknown keys.
   *
   * @param value what happens
   * @return the copy
   */
  public RegistrySettings withUnknownKeys(UnknownKeys value) {
    return new RegistrySettings(
        names,
        eventLoops,
        maxConnections,
        shutdownTimeout,
        value,
        leakDetection,
        jmx,
        reloadInterval);
  }

  /**
   * A copy with another number of event loops.
   *
   * @param value the number, 0 for one per core
   * @return the copy
   */
  public RegistrySettings withEventLoops(int value) {
    return new RegistrySettings(
        names,
        value,
        maxConnections,
        shutdownTimeout,
        unknownKeys,
        leakDetection,
        jmx,
        reloadInterval);
  }

  /**
   * A copy with another budget of connections over all pools.
   *
   * @param value the most connections, idle ones included, which are given up first; 0 none
   * @return the copy
   */
  public RegistrySettings withMaxConnections(int value) {
    return new RegistrySettings(
        names, eventLoops, value, shutdownTimeout, unknownKeys, leakDetection, jmx, reloadInterval);
  }

  /**
   * A copy with another time to shut down.
   *
   * @param value the time
   * @return the copy
   */
  public RegistrySettings withShutdownTimeout(Duration value) {
    return new RegistrySettings(
        names, eventLoops, maxConnections, value, unknownKeys, leakDetection, jmx, reloadInterval);
  }

  /**
   * A copy that is shown in JMX or not.
   *
   * @param value whether it is
   * @return the copy
   */
  public RegistrySettings withJmx(boolean value) {
    return new RegistrySettings(
        names,
        eventLoops,
        maxConnections,
        shutdownTimeout,
        unknownKeys,
        leakDetection,
        value,
        reloadInterval);
  }

  /**
   * A copy that finds forgotten responses in another way.
   *
   * @param value how
   * @return the copy
   */
  public RegistrySettings withLeakDetection(LeakDetection value) {
    return new RegistrySettings(
        names,
        eventLoops,
        maxConnections,
        shutdownTimeout,
        unknownKeys,
        value,
        jmx,
        reloadInterval);
  }

  /**
   * A copy that is read again at another interval.
   *
   * @param value how often, 0 never
   * @return the copy
   */
  public RegistrySettings withReloadInterval(Duration value) {
    return new RegistrySettings(
        names, eventLoops, maxConnections, shutdownTimeout, unknownKeys, leakDetection, jmx, value);
  }
}
