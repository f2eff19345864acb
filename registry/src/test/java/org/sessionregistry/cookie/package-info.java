/** Behaviours of cookies; rows of tables name the section of RFC 6265bis that they come from. */
@NullMarked
package org.sessionregistry.cookie;

import org.jspecify.annotations.NullMarked;
