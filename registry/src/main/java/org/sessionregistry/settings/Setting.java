package org.sessionregistry.settings;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a record component as a setting and documents it; the key reference is generated from it.
 *
 * <p>The setting's key is the component's name in kebab case behind its group's key: component
 * {@code maxConnections} of component {@code pool} is {@code pool.max-connections}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Setting {
  /**
   * What the setting does, in one sentence for the key reference.
   *
   * @return the documentation
   */
  String value();

  /**
   * The key within the group where it is not the component's name: {@code "."} means that the
   * group's own key carries this setting's value ({@code cookie-jar=none}).
   *
   * @return the key, or the empty string for the component's name
   */
  String key() default "";

  /**
   * A word that can be written for zero, and is written for it in the key reference.
   *
   * @return the word, or the empty string for none
   */
  String zero() default "";

  /**
   * Whether the value must never be shown.
   *
   * @return true for a secret
   */
  boolean secret() default false;
}
