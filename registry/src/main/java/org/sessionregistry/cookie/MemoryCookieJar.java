package org.sessionregistry.cookie;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A jar in memory.
 *
 * <p>Never broken: what is in the jar may be sent; every way in ({@link #store}, {@link #put},
 * {@link #load}) passes {@link Reception} first and ends in {@link #insert}; what another jar took
 * is {@link #adopt adopted} as it is. Reading takes no lock.
 *
 * <p>For any thread. One lock, {@code writing}, orders the writers; nothing is parsed under it.
 */
final class MemoryCookieJar implements CookieJar {
  private static final Comparator<Cookie> BY_DOMAIN = Comparator.comparing(Cookie::domain);

  private final Reception reception;
  private final CookieLimits limits;
  private final InstantSource clock;
  private final CookieTable table = new CookieTable();
  private final ReentrantLock writing = new ReentrantLock();

  @GuardedBy("writing")
  private int size;

  @GuardedBy("writing")
  private long arrivals;

  /** No stored cookie ends before this. */
  @GuardedBy("writing")
  private long nextExpiry = Long.MAX_VALUE;

  MemoryCookieJar(Reception reception, CookieLimits limits, InstantSource clock) {
    this.reception = reception;
    this.limits = limits;
    this.clock = clock;
  }

  @Override
  public String header(URI uri) {
    return header(uri, RequestUri.path(uri));
  }

  @Override
  public String header(URI origin, String requestTarget) {
    Matches matches = match(origin, requestTarget);
    return matches == null ? "" : matches.header();
  }

  @Override
  public List<Cookie> matching(URI uri) {
    Matches matches = match(uri, RequestUri.path(uri));
    return matches == null ? List.of() : matches.cookies();
  }

  private @Nullable Matches match(URI uri, String requestTarget) {
    String host = RequestUri.host(uri);
    return host == null ? null : table.match(host, RequestUri.isSecure(uri), requestTarget, clock);
  }

  @Override
  public void store(URI uri, List<String> setCookieFields) {
    String host = setCookieFields.isEmpty() ? null : RequestUri.host(uri);
    if (host == null) {
      return;
    }
    String path = RequestUri.path(uri);
    boolean tls = RequestUri.isSecure(uri);
    Instant now = clock.instant();
    List<Cookie> received = new ArrayList<>(setCookieFields.size());
    for (String field : setCookieFields) {
      Cookie cookie = reception.receive(field, host, path, tls, now);
      if (cookie != null) {
        received.add(cookie);
      }
    }
    if (received.isEmpty()) {
      return;
    }
    writing.lock();
    try {
      evictExpired(now); // what has ended covers nothing
      SecureOverlay overlay = tls ? SecureOverlay.NONE : SecureOverlay.of(table.domains());
      for (Cookie cookie : received) {
        if (!overlay.forbids(cookie)) {
          insert(cookie, now);
        }
      }
      evictExcess();
    } finally {
      writing.unlock();
    }
  }

  @Override
  public void put(Cookie cookie) {
    String refusal = reception.refusal(cookie);
    if (refusal != null) {
      throw new IllegalArgumentException("cookie '" + cookie.name() + "' " + refusal);
    }
    insertAll(List.of(cookie));
  }

  @Override
  public void load(Reader in) throws IOException {
    List<Cookie> loaded = CookieFile.read(in);
    Instant now = clock.instant();
    loaded.removeIf(cookie -> cookie.expired(now) || reception.refusal(cookie) != null);
    insertAll(loaded);
  }

  private void insertAll(List<Cookie> cookies) {
    Instant now = clock.instant();
    writing.lock();
    try {
      evictExpired(now);
      for (Cookie cookie : cookies) {
        insert(cookie, now);
      }
      evictExcess();
    } finally {
      writing.unlock();
    }
  }

  /** §5.7 steps 23 and 24; a cookie that has ended already removes the one it replaces. */
  @GuardedBy("writing")
  private void insert(Cookie cookie, Instant now) {
    if (cookie.expired(now)) {
      removeStored(cookie);
      return;
    }
    DomainCookies domain = table.findOrAdd(cookie.domain());
    StoredCookie old = domain.find(cookie);
    replace(domain, old, stored(cookie, old, now));
  }

  /** Whether this jar would not have taken a cookie that another one took. */
  boolean refuses(Cookie cookie) {
    return reception.refusal(cookie) != null;
  }

  /**
   * Makes a cookie what another jar has, unless it was changed here meanwhile.
   *
   * @param same says which cookie
   * @param expected what is here if nobody changed it; null for nothing
   * @param adopted what is to be here, exactly; null for nothing
   */
  void adopt(Cookie same, @Nullable Cookie expected, @Nullable Cookie adopted) {
    Instant now = clock.instant();
    writing.lock();
    try {
      evictExpired(now);
      DomainCookies domain = table.findOrAdd(same.domain());
      StoredCookie old = domain.find(same);
      if (old != null && !old.cookie().equals(expected)) {
        return;
      }
      if (adopted == null) {
        removeStored(same);
      } else if (old != null || expected == null || expected.expired(now)) {
        long arrival = old == null ? ++arrivals : old.arrival();
        replace(domain, old, new StoredCookie(adopted, arrival, now.toEpochMilli()));
        evictExcess();
      }
    } finally {
      writing.unlock();
    }
  }

  @GuardedBy("writing")
  private void replace(DomainCookies domain, @Nullable StoredCookie old, StoredCookie added) {
    domain.replace(old, added);
    size += old == null ? 1 : 0;
    nextExpiry = Math.min(nextExpiry, added.expiresMillis());
    size -= Eviction.trim(domain, limits.perDomain());
  }

  @GuardedBy("writing")
  private StoredCookie stored(Cookie cookie, @Nullable StoredCookie old, Instant now) {
    Cookie limited =
        cookie.expires().isPresent()
            ? cookie.withExpires(Lifetime.limited(cookie.expires().get(), now))
            : cookie;
    return old == null
        ? new StoredCookie(limited, ++arrivals, now.toEpochMilli())
        : new StoredCookie(
            limited.withCreated(old.cookie().created()), old.arrival(), now.toEpochMilli());
  }

  @GuardedBy("writing")
  private void removeStored(Cookie cookie) {
    DomainCookies domain = table.find(cookie.domain());
    if (domain != null) {
      size -= domain.removeIf(stored -> stored.cookie().replaces(cookie));
    }
  }

  /** §5.7: no cookie that has ended stays when the jar is next touched by a writer. */
  @GuardedBy("writing")
  private void evictExpired(Instant now) {
    long nowMillis = now.toEpochMilli();
    if (nowMillis < nextExpiry) {
      return;
    }
    nextExpiry = Long.MAX_VALUE;
    for (DomainCookies domain : table.domains()) {
      size -= domain.removeIf(stored -> stored.expired(nowMillis));
      for (StoredCookie stored : domain.all()) {
        nextExpiry = Math.min(nextExpiry, stored.expiresMillis());
      }
    }
  }

  @GuardedBy("writing")
  private void evictExcess() {
    if (size > limits.total()) {
      size -= Eviction.trim(table.domains(), limits.total());
    }
  }

  @Override
  public List<Cookie> cookies() {
    List<Cookie> all = new ArrayList<>();
    writing.lock();
    try {
      evictExpired(clock.instant());
      for (DomainCookies domain : table.domains()) {
        domain.all().forEach(stored -> all.add(stored.cookie()));
      }
    } finally {
      writing.unlock();
    }
    all.sort(BY_DOMAIN);
    return List.copyOf(all);
  }

  @Override
  public void remove(Cookie cookie) {
    writing.lock();
    try {
      removeStored(cookie);
    } finally {
      writing.unlock();
    }
  }

  @Override
  public void clear() {
    writing.lock();
    try {
      table.clear();
      size = 0;
      nextExpiry = Long.MAX_VALUE;
    } finally {
      writing.unlock();
    }
  }
}
