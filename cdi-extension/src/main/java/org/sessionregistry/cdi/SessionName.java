package org.sessionregistry.cdi;

import jakarta.enterprise.util.AnnotationLiteral;
import jakarta.inject.Qualifier;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the session that is injected: {@code @Inject @SessionName("github") ClientSession github}.
 * On a bean that adds something to sessions, an {@link org.sessionregistry.Interceptor} for
 * example, it names the session that gets it; there it may be repeated, or name {@link #EVERY}
 * session. The name is the one in {@code client-session.github.…}, so it must never be translated
 * or derived. An annotation: any thread may read it.
 */
@Qualifier
@Documented
@Repeatable(SessionName.Names.class)
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.METHOD, ElementType.TYPE})
public @interface SessionName {
  /** What a bean names that adds something to every session: {@value}. */
  String EVERY = "*";

  /**
   * The session's name.
   *
   * @return the name as it is configured
   */
  String value();

  /** Several names on one bean; written by the compiler. */
  @Documented
  @Retention(RetentionPolicy.RUNTIME)
  @Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.METHOD, ElementType.TYPE})
  @interface Names {
    /**
     * The names.
     *
     * @return each of them
     */
    SessionName[] value();
  }

  /** The qualifier as an object, to select a session whose name is known only at run time. */
  final class Literal extends AnnotationLiteral<SessionName> implements SessionName {
    private static final long serialVersionUID = 1L;

    private final String value;

    private Literal(String value) {
      this.value = value;
    }

    /**
     * Makes a qualifier.
     *
     * @param name the session's name
     * @return the qualifier
     */
    public static Literal of(String name) {
      return new Literal(name);
    }

    @Override
    public String value() {
      return value;
    }
  }
}
