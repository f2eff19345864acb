package org.sessionregistry.servers.hooks;

/** How a server asks who its client is: by its own code, which knows nothing of the library. */
enum Guard {
  NONE,
  BASIC,
  DIGEST;

  static final String USER = "ada";

  /** Beyond ASCII, so that both sides have to agree on UTF-8. */
  static final String PASSWORD = "s\u00e9cret, or not?";

  static final String REALM = "tests";
}
