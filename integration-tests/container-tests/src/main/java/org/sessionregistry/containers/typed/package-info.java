/** An application of its own, with a typed client on a session. */
@NullMarked
package org.sessionregistry.containers.typed;

import org.jspecify.annotations.NullMarked;
