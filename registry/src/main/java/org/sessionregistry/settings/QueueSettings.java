package org.sessionregistry.settings;

import java.util.OptionalInt;

/**
 * How many requests may wait for a connection, and who is next.
 *
 * @param maxSize the most that may wait; empty for no limit, 0 to never wait
 * @param maxSizePerTenant of a shared pool, the most that may wait of one of its sessions or
 *     tenants; empty for no limit, 0 to never wait
 * @param order who of those with the same priority is served next
 */
public record QueueSettings(
    @Setting(
            "Requests waiting for a connection; beyond it a request fails at once; 0 never waits;"
                + " \"unlimited\" (the default) lets all wait.")
        OptionalInt maxSize,
    @Setting(
            "Requests of one session or tenant waiting for a connection of a shared pool; beyond it"
                + " a request fails at once; 0 never waits; \"unlimited\" (the default) lets all wait"
                + " that the queue takes.")
        OptionalInt maxSizePerTenant,
    @Setting(
            "Who of those with the same priority is served next: fifo, or lifo to shed the oldest"
                + " under overload.")
        QueueOrder order) {

  /** The default: no limit, first come first served. */
  public static final QueueSettings DEFAULTS =
      new QueueSettings(OptionalInt.empty(), OptionalInt.empty(), QueueOrder.FIFO);

  /** Refuses negative sizes. */
  public QueueSettings {
    size("queue.max-size", maxSize);
    size("queue.max-size-per-tenant", maxSizePerTenant);
    if (maxSize.isPresent()
        && maxSizePerTenant.isPresent()
        && maxSizePerTenant.getAsInt() > maxSize.getAsInt()) {
      throw new InvalidSettingException(
          "queue.max-size-per-tenant",
          Integer.toString(maxSizePerTenant.getAsInt()),
          "max-size-per-tenant ("
              + maxSizePerTenant.getAsInt()
              + ") to be at most max-size ("
              + maxSize.getAsInt()
              + ")");
    }
  }

  private static void size(String key, OptionalInt size) {
    if (size.isPresent() && size.getAsInt() < 0) {
      throw new InvalidSettingException(
          key,
          Integer.toString(size.getAsInt()),
          "0 (never waits), a positive whole number, or unlimited");
    }
  }

  /**
   * A queue of limited size.
   *
   * @param size the most requests that may wait; 0 to never wait
   * @return the settings
   */
  public static QueueSettings ofMaxSize(int size) {
    return DEFAULTS.withMaxSize(size);
  }

  /**
   * A copy with another size.
   *
   * @param value the most requests that may wait; 0 to never wait
   * @return the copy
   */
  public QueueSettings withMaxSize(int value) {
    return new QueueSettings(OptionalInt.of(value), maxSizePerTenant, order);
  }

  /**
   * A copy with another size for each session or tenant of a shared pool.
   *
   * @param value the most requests of one of them that may wait; 0 to never wait
   * @return the copy
   */
  public QueueSettings withMaxSizePerTenant(int value) {
    return new QueueSettings(maxSize, OptionalInt.of(value), order);
  }

  /**
   * A copy with another order.
   *
   * @param value who is served next
   * @return the copy
   */
  public QueueSettings withOrder(QueueOrder value) {
    return new QueueSettings(maxSize, maxSizePerTenant, value);
  }
}
