package org.sessionregistry;

import java.util.Collection;
import java.util.TreeSet;

/** A session was asked for by a name that no session has. */
public class UnknownSessionException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /**
   * Names what was asked for and what there is.
   *
   * @param name the unknown name
   * @param known the names that exist
   */
  public UnknownSessionException(String name, Collection<String> known) {
    super(
        "there is no session named '"
            + name
            + "'; "
            + (known.isEmpty()
                ? "no session is configured (client-session.<name>.<setting>=…)"
                : "the sessions are " + new TreeSet<>(known)));
  }
}
