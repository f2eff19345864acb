package org.sessionregistry.connector;

/** Who may take what is free. */
enum Eligible {
  /** Every waiter. */
  ALL,
  /** Only those of priority {@code high}: what is left is reserved for them. */
  HIGH
}
