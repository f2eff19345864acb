/** The application that is deployed on every server: sessions in every place for them. */
@NullMarked
package org.sessionregistry.containers.app;

import org.jspecify.annotations.NullMarked;
