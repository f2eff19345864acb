package org.sessionregistry.cookie;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A store in memory that can fail, be deaf, and counts what it is asked. Thread-safe. */
final class SharedMap implements CookieStore {
  final Map<String, String> map = new ConcurrentHashMap<>();
  final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();
  volatile boolean failing;
  volatile boolean silent;
  volatile int writes;
  volatile int calls;

  @Override
  public Map<String, String> entries(String prefix) {
    call();
    Map<String, String> found = new TreeMap<>(map);
    found.keySet().removeIf(key -> !key.startsWith(prefix));
    return found;
  }

  @Override
  public Optional<String> get(String key) {
    call();
    return Optional.ofNullable(map.get(key));
  }

  @Override
  public void put(String key, String value) {
    call();
    writes++;
    map.put(key, value);
    tell(key);
  }

  @Override
  public void remove(String key) {
    call();
    writes++;
    map.remove(key);
    tell(key);
  }

  @Override
  public void remove(String key, String value) {
    call();
    writes++;
    if (map.remove(key, value)) {
      tell(key);
    }
  }

  @Override
  public AutoCloseable listen(Consumer<String> changed) {
    call();
    if (silent) {
      throw new UnsupportedOperationException("a store that does not tell");
    }
    listeners.add(changed);
    return () -> listeners.remove(changed);
  }

  private void tell(String key) {
    listeners.forEach(listener -> listener.accept(key));
  }

  private void call() {
    calls++;
    if (failing) {
      throw new IllegalStateException("the store failed with secret-value");
    }
  }
}
