package org.sessionregistry.connector;

import java.util.ArrayList;
import java.util.List;

/** A request that remembers what it heard; what it heard twice, it heard twice. */
final class RecordingReceiver implements LeaseReceiver {
  private final List<Object> heard = new ArrayList<>();
  private Waiter waiter;
  private int cutOffs;

  @Override
  public void leased(Lease lease) {
    heard.add(lease);
  }

  @Override
  public void cutOff(Lease lease) {
    cutOffs++;
  }

  /** How often it was told to give its exchange up. */
  int cutOffs() {
    return cutOffs;
  }

  @Override
  public void refused(Refusal refusal) {
    heard.add(refusal);
  }

  void waitsAs(Waiter waiter) {
    this.waiter = waiter;
  }

  /** Its place in the pool, or null when it heard before {@code acquire} returned. */
  Waiter waiter() {
    return waiter;
  }

  List<Object> heard() {
    return heard;
  }

  boolean hasLease() {
    return heard.size() == 1 && heard.get(0) instanceof Lease;
  }

  /** The one thing it heard, which is a lease. */
  Lease lease() {
    if (!hasLease()) {
      throw new AssertionError("not one lease but " + heard);
    }
    return (Lease) heard.get(0);
  }

  /** The one thing it heard, which is a refusal. */
  Refusal refusal() {
    if (heard.size() != 1 || !(heard.get(0) instanceof Refusal refusal)) {
      throw new AssertionError("not one refusal but " + heard);
    }
    return refusal;
  }
}
