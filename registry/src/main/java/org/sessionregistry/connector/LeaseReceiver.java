package org.sessionregistry.connector;

/**
 * Whoever asked the pool for a connection. Hears exactly one of {@link #leased} and {@link
 * #refused}, on any thread, outside the pool's lock; must not throw, nor end a lease before it
 * returns, because the next receiver might do the same, and so on.
 */
public interface LeaseReceiver {
  /** Here it is; whoever does not need it any more releases it at once. */
  void leased(Lease lease);

  /**
   * Its member has to end although the connection goes on for others: the exchange has to be given
   * up, if it has begun; whoever begins it later looks at {@link Lease#isCutOff}.
   */
  void cutOff(Lease lease);

  /** There is none. */
  void refused(Refusal refusal);
}
