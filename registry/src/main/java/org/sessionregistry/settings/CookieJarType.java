package org.sessionregistry.settings;

/** Where a session keeps its cookies. */
public enum CookieJarType {
  /** Nowhere: cookies are neither kept nor sent. */
  NONE,
  /** In the memory of this session. */
  MEMORY,
  /** In a cache that several nodes share (JCache, JSR 107), with a copy in memory. */
  SHARED
}
