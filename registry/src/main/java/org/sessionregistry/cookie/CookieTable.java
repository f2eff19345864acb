package org.sessionregistry.cookie;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Finds the cookies of a host and of every domain above it in one pass over the host's characters.
 *
 * <p>It is a hash table whose hash is computed from the end of the name to its beginning: at each
 * dot the hash of the tail behind it is ready, so that {@code a.b.example} is looked up as {@code
 * example}, {@code b.example} and {@code a.b.example} without cutting a string.
 *
 * <p>Never broken: a lookup takes no lock and, when nothing matches, allocates nothing. A bucket's
 * chain is never changed behind its head.
 *
 * <p>Readers: any thread. Writers: under the jar's lock.
 */
final class CookieTable {
  private static final int SMALLEST = 8;

  private volatile AtomicReferenceArray<@Nullable DomainCookies> buckets =
      new AtomicReferenceArray<>(SMALLEST);
  private int domains; // guarded by the jar's lock, like every writing method

  /**
   * What a request gets, or null if nothing; more than the host is looked at only if it is known.
   *
   * @param requestTarget the path, perhaps with a query
   */
  @Nullable Matches match(String host, boolean tls, String requestTarget, InstantSource clock) {
    AtomicReferenceArray<@Nullable DomainCookies> table = buckets;
    boolean tails = !HostName.isIp(host);
    Matches matches = null;
    int hash = 0;
    for (int i = host.length() - 1; i >= 0; i--) {
      hash = step(hash, host.charAt(i));
      if (i == 0 || (tails && host.charAt(i - 1) == '.')) {
        DomainCookies domain = find(table, host, i, hash);
        if (domain != null) {
          String path = RequestUri.path(requestTarget);
          matches = domain.match(matches, i == 0, path, tls, clock.millis());
        }
      }
    }
    return matches;
  }

  /** The domain's cookies, or null. */
  @Nullable DomainCookies find(String domain) {
    return find(buckets, domain, 0, hash(domain));
  }

  /** The domain's cookies, empty at first. */
  DomainCookies findOrAdd(String domain) {
    DomainCookies known = find(domain);
    if (known != null) {
      return known;
    }
    if (domains >= buckets.length()) {
      rebuild();
    }
    int hash = hash(domain);
    int bucket = bucket(hash, buckets.length());
    DomainCookies added = new DomainCookies(domain, hash, buckets.get(bucket));
    buckets.set(bucket, added);
    domains++;
    return added;
  }

  void clear() {
    buckets = new AtomicReferenceArray<>(SMALLEST);
    domains = 0;
  }

  /** Every domain, the empty ones too. */
  List<DomainCookies> domains() {
    AtomicReferenceArray<@Nullable DomainCookies> table = buckets;
    List<DomainCookies> all = new ArrayList<>();
    for (int i = 0; i < table.length(); i++) {
      for (DomainCookies domain = table.get(i); domain != null; domain = domain.next()) {
        all.add(domain);
      }
    }
    return all;
  }

  /** Makes room, and forgets the domains that have no cookies left. */
  private void rebuild() {
    List<DomainCookies> living = domains();
    living.removeIf(domain -> domain.size() == 0);
    int length = SMALLEST;
    while (length < 2 * living.size()) {
      length *= 2;
    }
    AtomicReferenceArray<@Nullable DomainCookies> table = new AtomicReferenceArray<>(length);
    for (DomainCookies domain : living) {
      int bucket = bucket(domain.hash(), length);
      table.set(bucket, domain.movedBefore(table.get(bucket)));
    }
    buckets = table;
    domains = living.size();
  }

  private static @Nullable DomainCookies find(
      AtomicReferenceArray<@Nullable DomainCookies> table, String host, int start, int hash) {
    DomainCookies domain = table.get(bucket(hash, table.length()));
    while (domain != null && !domain.isTail(host, start, hash)) {
      domain = domain.next();
    }
    return domain;
  }

  private static int hash(String domain) {
    int hash = 0;
    for (int i = domain.length() - 1; i >= 0; i--) {
      hash = step(hash, domain.charAt(i));
    }
    return hash;
  }

  private static int step(int hash, char c) {
    return 31 * hash + c;
  }

  private static int bucket(int hash, int length) {
    return (hash ^ (hash >>> 16)) & (length - 1);
  }
}
