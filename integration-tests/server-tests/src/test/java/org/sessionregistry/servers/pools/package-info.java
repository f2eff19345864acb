/**
 * Sessions that share pools, and pools that share a limit, configured as an application configures
 * them, against a real server that counts.
 */
@NullMarked
package org.sessionregistry.servers.pools;

import org.jspecify.annotations.NullMarked;
