package org.sessionregistry.cookie;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.Factory;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryExpiredListener;
import javax.cache.event.CacheEntryListener;
import javax.cache.event.CacheEntryRemovedListener;
import javax.cache.event.CacheEntryUpdatedListener;
import org.jspecify.annotations.Nullable;

/**
 * A cache of JCache (JSR 107) as the store of shared cookies: the only class that needs the API to
 * be loaded, and whoever opens a session with {@code cookie-jar=shared} expects that it is not
 * there.
 *
 * <p>Never broken: the cache belongs to the application, is shared with others and never closed
 * here. What is handed to the cache and may travel to other nodes is a number, not a jar.
 *
 * <p>For any thread; every method may block as the cache does.
 */
public final class JCacheCookieStore implements CookieStore {
  private final Cache<String, String> cache;

  private JCacheCookieStore(Cache<String, String> cache) {
    this.cache = cache;
  }

  /**
   * A store over a cache of the application's own.
   *
   * @param cache the cache; it stays open
   * @return the store
   */
  @SuppressWarnings("exports") // whoever calls this has the API, which all others may lack
  public static CookieStore over(Cache<String, String> cache) {
    return new JCacheCookieStore(cache);
  }

  /**
   * The cache of this name of the caching provider that the caller's context class loader finds,
   * made with the provider's defaults if there is none.
   *
   * @param name the cache's name
   * @return opens it, when it is called
   * @throws LinkageError if the API is not there
   */
  public static Callable<CookieStore> named(String name) {
    ClassLoader callers = Thread.currentThread().getContextClassLoader();
    Class<?> api = Cache.class;
    ClassLoader loader = callers != null ? callers : api.getClassLoader();
    return () -> open(name, loader);
  }

  private static CookieStore open(String name, ClassLoader loader) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      CacheManager manager = Caching.getCachingProvider().getCacheManager();
      return new JCacheCookieStore(findOrCreate(manager, name));
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static Cache<String, String> findOrCreate(CacheManager manager, String name) {
    @Nullable Cache<String, String> found = manager.getCache(name);
    if (found != null) {
      return found;
    }
    try {
      return manager.createCache(
          name, new MutableConfiguration<String, String>().setTypes(String.class, String.class));
    } catch (CacheException e) {
      @Nullable Cache<String, String> ofAnother = manager.getCache(name); // who came first
      if (ofAnother == null) {
        throw e;
      }
      return ofAnother;
    }
  }

  @Override
  public Map<String, String> entries(String prefix) {
    Map<String, String> entries = new HashMap<>();
    for (Cache.Entry<String, String> entry : cache) {
      if (entry.getKey().startsWith(prefix)) {
        entries.put(entry.getKey(), entry.getValue());
      }
    }
    return entries;
  }

  @Override
  public Optional<String> get(String key) {
    return Optional.ofNullable(cache.get(key));
  }

  @Override
  public void put(String key, String value) {
    cache.put(key, value);
  }

  @Override
  public void remove(String key) {
    cache.remove(key);
  }

  @Override
  public void remove(String key, String value) {
    cache.remove(key, value);
  }

  @Override
  public AutoCloseable listen(Consumer<String> changed) {
    Ears ears = new Ears(UUID.randomUUID().toString());
    MutableCacheEntryListenerConfiguration<String, String> registration =
        new MutableCacheEntryListenerConfiguration<>(ears, null, false, false);
    Ears.OPEN.put(ears.id(), changed);
    try {
      cache.registerCacheEntryListener(registration);
    } catch (RuntimeException | Error e) {
      Ears.OPEN.remove(ears.id());
      throw e;
    }
    return () -> {
      Ears.OPEN.remove(ears.id());
      if (!cache.isClosed()) {
        cache.deregisterCacheEntryListener(registration);
      }
    };
  }

  /**
   * Makes the cache's listeners. Some providers send it to every node: there it finds nobody who
   * listens, and its listener is deaf.
   */
  private record Ears(String id)
      implements Factory<CacheEntryListener<? super String, ? super String>>, Serializable {
    private static final long serialVersionUID = 1L;

    /** Who listens in this process; one that has stopped is not in it. */
    static final Map<String, Consumer<String>> OPEN = new ConcurrentHashMap<>();

    @Override
    public CacheEntryListener<? super String, ? super String> create() {
      return new Ear(id);
    }
  }

  /** Passes keys on, while somebody listens. */
  private record Ear(String id)
      implements CacheEntryCreatedListener<String, String>,
          CacheEntryUpdatedListener<String, String>,
          CacheEntryRemovedListener<String, String>,
          CacheEntryExpiredListener<String, String>,
          Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public void onCreated(Iterable<CacheEntryEvent<? extends String, ? extends String>> events) {
      tell(events);
    }

    @Override
    public void onUpdated(Iterable<CacheEntryEvent<? extends String, ? extends String>> events) {
      tell(events);
    }

    @Override
    public void onRemoved(Iterable<CacheEntryEvent<? extends String, ? extends String>> events) {
      tell(events);
    }

    @Override
    public void onExpired(Iterable<CacheEntryEvent<? extends String, ? extends String>> events) {
      tell(events);
    }

    private void tell(Iterable<CacheEntryEvent<? extends String, ? extends String>> events) {
      Consumer<String> listener = Ears.OPEN.get(id);
      if (listener != null) {
        events.forEach(event -> listener.accept(event.getKey()));
      }
    }
  }
}
