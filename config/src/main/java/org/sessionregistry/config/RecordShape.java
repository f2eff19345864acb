package org.sessionregistry.config;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.stream.Stream;

/**
 * How records of one class are read and rebuilt. The rule: made once for each class and kept,
 * because asking a class for its components is a thousand times slower than using them. Immutable,
 * for any thread.
 */
final class RecordShape {
  private final List<Method> accessors;
  private final Constructor<? extends Record> constructor;

  private RecordShape(List<Method> accessors, Constructor<? extends Record> constructor) {
    this.accessors = accessors;
    this.constructor = constructor;
  }

  static RecordShape of(Class<? extends Record> type) {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types = Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      return new RecordShape(
          Stream.of(components).map(RecordComponent::getAccessor).toList(),
          type.getDeclaredConstructor(types));
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The value of a component. */
  Object read(Object record, int component) {
    try {
      return accessors.get(component).invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A copy with another value of a component; throws what the record's constructor throws. */
  Record with(Object record, int component, Object value) {
    Object[] arguments = new Object[accessors.size()];
    for (int i = 0; i < arguments.length; i++) {
      arguments[i] = i == component ? value : read(record, i);
    }
    try {
      return constructor.newInstance(arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException refused) {
        throw refused;
      }
      throw new IllegalStateException(e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
