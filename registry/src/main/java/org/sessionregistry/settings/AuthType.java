package org.sessionregistry.settings;

/** How a session says who it is. */
public enum AuthType {
  /** It does not. */
  NONE,
  /** User name and password with every request (RFC 7617). */
  BASIC,
  /** A token with every request (RFC 6750). */
  BEARER,
  /** User name and password, which are never sent, prove themselves (RFC 7616). */
  DIGEST
}
