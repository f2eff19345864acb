/** Credentials, retries and hooks against servers that know their own side of the rules. */
@NullMarked
package org.sessionregistry.servers.hooks;

import org.jspecify.annotations.NullMarked;
