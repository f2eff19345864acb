/**
 * How those who run an application see its sessions: the MXBeans of registries and sessions.
 *
 * <p>They are in the JVM's own MBean server from the first request until they are closed, unless
 * {@code client-session-registry.jmx=false}. Applications ask {@link
 * org.sessionregistry.SessionRegistry#statistics()} instead.
 */
@NullMarked
package org.sessionregistry.observe;

import org.jspecify.annotations.NullMarked;
