/** Sessions that may not connect everywhere, and servers that must not notice that they tried. */
@NullMarked
package org.sessionregistry.servers.egress;

import org.jspecify.annotations.NullMarked;
