package org.sessionregistry.connector;

/**
 * What a {@link RateLimit} means for one member of a pool. The rule: once the member was told that
 * there is no permit, it has none until it is told that there is one, so that nobody overtakes
 * those in its queues. Guarded by the pool's lock.
 */
final class MemberStarts {
  private final PoolMember member;
  private final RateLimit limit;
  private final Tally tally;
  private boolean withoutPermit;

  MemberStarts(PoolMember member, RateLimit limit, Tally tally) {
    this.member = member;
    this.limit = limit;
    this.tally = tally;
  }

  boolean mayStart() {
    if (!withoutPermit && !limit.mayStart(member)) {
      withoutPermit = true;
      tally.waitingForPermit += member.queued;
    }
    return !withoutPermit;
  }

  /** Whether those in its queues wait for a permit. */
  boolean isWithoutPermit() {
    return withoutPermit;
  }

  /** There is a permit, or the member has to ask again. */
  void mayStartAgain() {
    if (withoutPermit) {
      withoutPermit = false;
      tally.waitingForPermit -= member.queued;
    }
  }

  /** One of its waiters has come into a queue (+1), or left it (-1). */
  void queued(int by) {
    tally.waitingForPermit += withoutPermit ? by : 0;
  }

  /** The turn of one of its requests has come: it will start when its connection is open. */
  void expect() {
    limit.expect();
  }

  /** One of its requests starts. */
  void start(boolean expected) {
    limit.start(expected);
  }

  /** One that expected to start will not, or not now. */
  void giveBack(Effects effects) {
    limit.giveBack(effects);
  }

  /** One had its connection and sent nothing. */
  void takeBack(Effects effects) {
    limit.takeBack(effects);
  }

  /** The member has left the pool, with none of its requests in a queue; it never asks again. */
  void leave() {
    withoutPermit = true;
    limit.leave(member);
  }
}
