package org.sessionregistry.connector;

/**
 * Whoever asked the pool for a connection. Hears exactly one of these, on any thread, outside the
 * pool's lock; must not throw, nor end a lease before it returns, because the next receiver might
 * do the same, and so on.
 */
public interface LeaseReceiver {
  /** Here it is; whoever does not need it any more releases it at once. */
  void leased(Lease lease);

  /** There is none. */
  void refused(Refusal refusal);
}
