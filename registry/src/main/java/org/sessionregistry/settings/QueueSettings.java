package org.sessionregistry.settings;

import java.util.OptionalInt;

/**
 * How many requests may wait for a connection, and who is next.
 *
 * @param maxSize the most that may wait; empty for no limit, 0 to never wait
 * @param order who of those with the same priority is served next
 */
public record QueueSettings(
    @Setting(
            "Requests waiting for a connection; beyond it a request fails at once; 0 never waits;"
                + " \"unlimited\" (the default) lets all wait.")
        OptionalInt maxSize,
    @Setting(
            "Who of those with the same priority is served next: fifo, or lifo to shed the oldest"
                + " under overload.")
        QueueOrder order) {

  /** The default: no limit, first come first served. */
  public static final QueueSettings DEFAULTS =
      new QueueSettings(OptionalInt.empty(), QueueOrder.FIFO);

  /** Refuses a negative size. */
  public QueueSettings {
    if (maxSize.isPresent() && maxSize.getAsInt() < 0) {
      throw new InvalidSettingException(
          "queue.max-size",
          Integer.toString(maxSize.getAsInt()),
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
    return new QueueSettings(OptionalInt.of(size), QueueOrder.FIFO);
  }

  /**
   * A copy with another order.
   *
   * @param value who is served next
   * @return the copy
   */
  public QueueSettings withOrder(QueueOrder value) {
    return new QueueSettings(maxSize, value);
  }
}
