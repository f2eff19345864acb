/** Request bodies, and what a response gives, against servers on HTTP/1.1 and HTTP/2. */
@NullMarked
package org.sessionregistry.servers.bodies;

import org.jspecify.annotations.NullMarked;
