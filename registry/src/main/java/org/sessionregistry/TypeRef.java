package org.sessionregistry;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;

/**
 * A generic type at run time: {@code new TypeRef<List<User>>() {}}. Immutable, for any thread.
 *
 * @param <T> the type
 */
public abstract class TypeRef<T> {
  private final Type type;

  /**
   * Takes the type from the subclass.
   *
   * @throws IllegalStateException if the subclass does not name it directly, as {@code new
   *     TypeRef<List<User>>() {}} does
   */
  protected TypeRef() {
    if (getClass().getGenericSuperclass() instanceof ParameterizedType own
        && own.getRawType() == TypeRef.class) {
      type = own.getActualTypeArguments()[0];
    } else {
      throw new IllegalStateException(
          "a TypeRef names its type: new TypeRef<List<User>>() {}, not new TypeRef() {}");
    }
  }

  /**
   * The type.
   *
   * @return a class or a generic type
   */
  public final Type type() {
    return type;
  }

  /** The type as it is written in Java, with package names. */
  @Override
  public final String toString() {
    return type.getTypeName();
  }
}
