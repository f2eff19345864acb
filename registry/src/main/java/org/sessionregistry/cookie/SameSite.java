package org.sessionregistry.cookie;

/**
 * The {@code SameSite} attribute of a cookie (§5.6.7). It is kept for the reader and for saving,
 * and never decides whether a cookie is sent.
 */
public enum SameSite {
  /** {@code SameSite=Strict}. */
  STRICT,
  /** {@code SameSite=Lax}. */
  LAX,
  /** {@code SameSite=None}; such a cookie is stored only when it is {@code Secure} as well. */
  NONE,
  /** No such attribute, or one with an unknown value. */
  DEFAULT
}
