package org.sessionregistry.cdi;

/**
 * A session was closed while the application runs, and nothing of it is left: by itself, or because
 * a reload did not find it any more. Nobody is told of the end of all sessions with the
 * application, because its beans are gone by then. An event of CDI, told to {@code @ObservesAsync}
 * observers on a thread of the container; the next event is told when all observers of this one
 * have returned. Immutable; any thread.
 *
 * @param name the session's name
 */
public record SessionClosed(String name) {}
