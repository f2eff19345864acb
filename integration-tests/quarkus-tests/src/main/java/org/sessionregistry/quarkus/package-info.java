/** A command-line application that Quarkus builds, with sessions in every place for them. */
@NullMarked
package org.sessionregistry.quarkus;

import org.jspecify.annotations.NullMarked;
