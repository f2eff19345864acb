package org.sessionregistry.cdi;

/**
 * A session was opened: when the registry opens, by a reload, or in code. An event of CDI, told to
 * {@code @ObservesAsync} observers on a thread of the container; the next event is told when all
 * observers of this one have returned. Immutable; any thread.
 *
 * @param name the session's name
 */
public record SessionOpened(String name) {}
