package org.sessionregistry.cookie;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The cookies of one domain, in the order in which they are sent.
 *
 * <p>Never broken: the array is never changed, only replaced, so that a reader sees one state of
 * the domain; at most one cookie has the same name, host-only flag and path (§5.7 step 23).
 *
 * <p>Readers: any thread, without a lock. Writers: under the jar's lock.
 */
final class DomainCookies {
  private static final StoredCookie[] NONE = {};

  private final String domain;
  private final int hash;
  private final @Nullable DomainCookies next; // in the table's bucket
  private volatile StoredCookie[] cookies = NONE;

  DomainCookies(String domain, int hash, @Nullable DomainCookies next) {
    this.domain = domain;
    this.hash = hash;
    this.next = next;
  }

  /** The same domain and cookies in another bucket; this object is not used afterwards. */
  DomainCookies movedBefore(@Nullable DomainCookies follower) {
    DomainCookies moved = new DomainCookies(domain, hash, follower);
    moved.cookies = cookies;
    return moved;
  }

  String domain() {
    return domain;
  }

  int hash() {
    return hash;
  }

  @Nullable DomainCookies next() {
    return next;
  }

  int size() {
    return cookies.length;
  }

  List<StoredCookie> all() {
    return Collections.unmodifiableList(Arrays.asList(cookies));
  }

  /** Whether this domain is the end of {@code host} that begins at {@code start}. */
  boolean isTail(String host, int start, int tailHash) {
    return hash == tailHash
        && domain.length() == host.length() - start
        && host.startsWith(domain, start);
  }

  /** Adds what a request gets from this domain to {@code found}, which is made when needed. */
  @Nullable Matches match(
      @Nullable Matches found, boolean isHost, String path, boolean tls, long nowMillis) {
    Matches matches = found;
    for (StoredCookie stored : cookies) {
      Cookie cookie = stored.cookie();
      if ((isHost || !cookie.hostOnly())
          && (tls || !cookie.secure())
          && PathMatch.matches(path, cookie.path())
          && !stored.expired(nowMillis)) {
        stored.used(nowMillis);
        if (matches == null) {
          matches = new Matches(stored);
        } else {
          matches.add(stored);
        }
      }
    }
    return matches;
  }

  @Nullable StoredCookie find(Cookie same) {
    for (StoredCookie stored : cookies) {
      if (stored.cookie().replaces(same)) {
        return stored;
      }
    }
    return null;
  }

  /** Puts {@code added} in the place of {@code old} in one step: no reader sees neither. */
  void replace(@Nullable StoredCookie old, StoredCookie added) {
    List<StoredCookie> changed = new ArrayList<>(cookies.length + 1);
    for (StoredCookie stored : cookies) {
      if (stored != old) {
        changed.add(stored);
      }
    }
    changed.add(added);
    changed.sort(StoredCookie.HEADER_ORDER);
    cookies = changed.toArray(NONE);
  }

  /** Removes what {@code unwanted} says and returns how many that were. */
  int removeIf(Predicate<StoredCookie> unwanted) {
    List<StoredCookie> kept = new ArrayList<>(cookies.length);
    for (StoredCookie stored : cookies) {
      if (!unwanted.test(stored)) {
        kept.add(stored);
      }
    }
    int removed = cookies.length - kept.size();
    if (removed > 0) {
      cookies = kept.toArray(NONE);
    }
    return removed;
  }
}
