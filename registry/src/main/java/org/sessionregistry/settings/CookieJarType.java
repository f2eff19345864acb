package org.sessionregistry.settings;

/** Where a session keeps its cookies. */
public enum CookieJarType {
  /** Nowhere: cookies are neither kept nor sent. */
  NONE,
  /** In the memory of this session. */
  MEMORY
}
