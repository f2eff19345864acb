package org.sessionregistry;

/**
 * One event of an event stream (WHATWG HTML section 9.2.6). Immutable, for any thread.
 *
 * @param type what {@code event} said, {@code message} when it said nothing
 * @param data the lines of {@code data}, joined by LF
 * @param lastEventId the {@code id} of this event, or of the last one before it that had one; empty
 *     when there was none. What a server is told when the stream is taken up again.
 */
public record ServerSentEvent(String type, String data, String lastEventId) {}
