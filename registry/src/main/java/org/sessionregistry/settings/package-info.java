/**
 * What a session can be told: immutable records, one for each group of settings, checked where they
 * are built and without behaviour.
 *
 * <p>Every setting exists once, here: its name (the record component, in kebab case), its default
 * (the record's {@code DEFAULTS}) and its documentation ({@link
 * org.sessionregistry.settings.Setting}). Configuration files, code and tests build the same
 * records, and the key reference is generated from them.
 */
@NullMarked
package org.sessionregistry.settings;

import org.jspecify.annotations.NullMarked;
