package org.sessionregistry.settings;

/** Who of those that wait with the same priority for the same route is served next. */
public enum QueueOrder {
  /** Who came first. */
  FIFO,
  /** Who came last: under overload the newest are served in time and the oldest are shed. */
  LIFO
}
