package org.sessionregistry.cdi;

import jakarta.enterprise.util.AnnotationLiteral;
import jakarta.inject.Qualifier;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.sessionregistry.Interceptor;

/**
 * Puts an {@link Interceptor} bean around each attempt of an exchange; without it an interceptor
 * stands around the whole exchange. It must be a qualifier, because nothing else of a bean can be
 * seen in every container. An annotation: any thread may read it.
 */
@Qualifier
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.METHOD, ElementType.TYPE})
public @interface AroundAttempt {
  /** The qualifier as an object. */
  final class Literal extends AnnotationLiteral<AroundAttempt> implements AroundAttempt {
    private static final long serialVersionUID = 1L;

    /** The only one that is needed. */
    public static final Literal INSTANCE = new Literal();

    private Literal() {}
  }
}
