package org.sessionregistry.jmx;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Keeps the beans of all registries, and fails when it is told to. For one thread. */
final class FakeBeanServer implements BeanServer {
  private final Map<Name, Object> beans = new HashMap<>();
  RuntimeException refusal;

  @Override
  public <T> boolean add(Name name, Class<T> type, T bean) {
    if (refusal != null) {
      throw refusal;
    }
    return beans.putIfAbsent(name, bean) == null;
  }

  @Override
  public void remove(Name name) {
    if (refusal != null) {
      throw refusal;
    }
    if (beans.remove(name) == null) {
      throw new IllegalStateException(name + " is not there");
    }
  }

  /** Sorted, as {@code Registry 1} and {@code Session 1 github}. */
  Map<String, Object> beans() {
    Map<String, Object> sorted = new TreeMap<>();
    beans.forEach(
        (name, bean) ->
            sorted.put(
                name.type() + " " + name.registry() + name.name().map(n -> " " + n).orElse(""),
                bean));
    return sorted;
  }
}
