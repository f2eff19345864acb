package org.sessionregistry.cookie;

import java.time.Instant;
import java.util.Optional;

/**
 * A {@code Set-Cookie} field taken apart (§5.6): its words, not yet judged by the storage model.
 *
 * <p>Immutable, for any thread.
 *
 * @param expires the end, from {@code Max-Age} or else {@code Expires}, limited
 * @param domain the {@code Domain} attribute in lower case without its leading dot; empty for none
 * @param path the {@code Path} attribute, or the default path
 * @param pathGiven whether there was a {@code Path} attribute
 */
record SetCookie(
    String name,
    String value,
    Optional<Instant> expires,
    String domain,
    String path,
    boolean pathGiven,
    boolean secure,
    boolean httpOnly,
    SameSite sameSite) {}
