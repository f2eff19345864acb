package org.sessionregistry.cookie;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Brings a jar in memory and a store together, cookie by cookie: what the store was last known to
 * hold is the base from which both may have gone on.
 *
 * <p>Never broken: a cookie that changed in the jar since then is not replaced by the store's, but
 * written over it; one that did not change becomes what the store says. So nothing received is
 * lost, and a cookie that two nodes set is the one that was written last.
 *
 * <p>Confined to the jar's background task, like its map. Blocks as the store does.
 */
final class CookieMerge {
  private static final Logger LOG = System.getLogger(SharedCookieJar.LOGGER);

  private final MemoryCookieJar near;
  private final String session;
  private final CookieKeys keys;
  private final InstantSource clock;
  private final Map<String, Cookie> known = new HashMap<>();

  /** In the jar from the start; gives way to what the store has, until it was read once. */
  private final Map<String, Cookie> assumed;

  private boolean unreadableReported;

  CookieMerge(MemoryCookieJar near, String session, InstantSource clock) {
    this.near = near;
    this.session = session;
    this.keys = CookieKeys.of(session);
    this.clock = clock;
    this.assumed = local();
  }

  private Map<String, Cookie> local() {
    Map<String, Cookie> cookies = new HashMap<>();
    near.cookies().forEach(cookie -> cookies.put(keys.key(cookie), cookie));
    return cookies;
  }

  /** Whether a key is one of this session's. */
  boolean owns(String key) {
    return key.startsWith(keys.prefix());
  }

  /** Takes over all that the store has. */
  void readAll(CookieStore store) throws Exception {
    Map<String, String> entries = store.entries(keys.prefix());
    for (Map.Entry<String, String> entry : entries.entrySet()) {
      merge(store, entry.getKey(), entry.getValue());
    }
    for (String key : List.copyOf(known.keySet())) {
      if (!entries.containsKey(key)) {
        read(store, key); // a walk over a store that others change may miss one
      }
    }
    assumed.clear();
  }

  /** Takes over one entry. */
  void read(CookieStore store, String key) throws Exception {
    Optional<String> line = store.get(key);
    if (line.isPresent()) {
      merge(store, key, line.get());
    } else {
      forget(key);
    }
  }

  private void merge(CookieStore store, String key, String line) throws Exception {
    Cookie shared = parsed(key, line);
    if (shared == null) {
      return;
    }
    if (shared.expired(clock.instant())) {
      store.remove(key, line); // if nobody has renewed it meanwhile
      forget(key);
      return;
    }
    Cookie base = known.get(key);
    if (shared.equals(base) || near.refuses(shared)) {
      return;
    }
    near.adopt(shared, base == null ? assumed.get(key) : base, shared);
    known.put(key, shared);
  }

  private void forget(String key) {
    Cookie base = known.remove(key);
    if (base != null) {
      near.adopt(base, base, null);
    }
  }

  /** Writes what changed in the jar; what cannot be written is tried again with the next call. */
  void write(CookieStore store) throws Exception {
    Map<String, Cookie> local = local();
    Instant now = clock.instant();
    for (Map.Entry<String, Cookie> entry : Map.copyOf(known).entrySet()) {
      String key = entry.getKey();
      if (!local.containsKey(key)) {
        if (entry.getValue().expired(now)) {
          store.remove(key, CookieLine.format(entry.getValue()));
        } else {
          store.remove(key);
        }
        known.remove(key);
      }
    }
    for (Map.Entry<String, Cookie> entry : local.entrySet()) {
      String key = entry.getKey();
      Cookie cookie = entry.getValue();
      if (!cookie.equals(known.get(key))) {
        store.put(key, CookieLine.format(cookie));
        known.put(key, cookie);
      }
    }
  }

  private @Nullable Cookie parsed(String key, String line) {
    try {
      Cookie cookie = CookieLine.parse(line);
      if (keys.key(cookie).equals(key)) {
        return cookie;
      }
    } catch (IllegalArgumentException | DateTimeException e) {
      return unreadable(); // without the cause: its message may show a part of the line
    }
    return unreadable();
  }

  private @Nullable Cookie unreadable() {
    if (!unreadableReported) {
      unreadableReported = true;
      LOG.log(
          Level.WARNING,
          "session ''{0}'': an entry of its shared cookies is not a cookie; such entries are left"
              + " out (said once)",
          session);
    }
    return null;
  }
}
