package org.sessionregistry.config;

import java.util.Optional;

/**
 * A value and where it came from. The rule: an empty text means "not set", and a {@code failure}
 * means that the text is still the unresolved one. Immutable.
 *
 * @param key the key it was asked by
 * @param text the value, with its expressions resolved unless that failed
 * @param source the name of the source, empty when unknown
 * @param ordinal the ordinal of the source
 * @param failure why the value could not be resolved
 */
record Found(String key, String text, String source, int ordinal, Optional<String> failure) {}
