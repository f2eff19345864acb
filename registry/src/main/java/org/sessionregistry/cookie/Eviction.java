package org.sessionregistry.cookie;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Chooses which cookies go when there are too many (§5.7, "remove excess cookies"): of a domain
 * with too many the insecure ones first, of a jar with too many any; each time the one that was not
 * used for longest. The expired ones are gone before this is asked.
 *
 * <p>Never broken: what is used meanwhile by other threads is read once, before it is compared.
 *
 * <p>Stateless; called under the jar's lock.
 */
final class Eviction {
  /** A cookie with the time of its last use as it was when looked at. */
  private record Candidate(DomainCookies domain, StoredCookie stored, long lastUsedMillis) {
    boolean secure() {
      return stored.cookie().secure();
    }

    long arrival() {
      return stored.arrival();
    }
  }

  private static final Comparator<Candidate> UNUSED_FOR_LONGEST =
      Comparator.comparingLong(Candidate::lastUsedMillis).thenComparingLong(Candidate::arrival);

  private static final Comparator<Candidate> INSECURE_FIRST =
      Comparator.comparing(Candidate::secure).thenComparing(UNUSED_FOR_LONGEST);

  private Eviction() {}

  /** Leaves at most {@code limit} cookies and returns how many were removed. */
  static int trim(DomainCookies domain, int limit) {
    return domain.size() <= limit ? 0 : trim(List.of(domain), limit, INSECURE_FIRST);
  }

  /** Leaves at most {@code limit} cookies in all and returns how many were removed. */
  static int trim(List<DomainCookies> domains, int limit) {
    return trim(domains, limit, UNUSED_FOR_LONGEST);
  }

  private static int trim(List<DomainCookies> domains, int limit, Comparator<Candidate> order) {
    int excess = domains.stream().mapToInt(DomainCookies::size).sum() - limit;
    if (excess <= 0) {
      return 0;
    }
    // Keeps the first of the order only, so that one cookie too many costs one pass and no sorting.
    PriorityQueue<Candidate> first = new PriorityQueue<>(excess + 1, order.reversed());
    for (DomainCookies domain : domains) {
      for (StoredCookie stored : domain.all()) {
        first.add(new Candidate(domain, stored, stored.lastUsedMillis()));
        if (first.size() > excess) {
          first.remove();
        }
      }
    }
    first.forEach(gone -> gone.domain().removeIf(stored -> stored == gone.stored()));
    return excess;
  }
}
