/**
 * Puts registries and sessions into the JVM's MBean server, and takes them out again. Internal.
 *
 * <p>{@link org.sessionregistry.jmx.JmxBeans} decides what is registered under which name and when;
 * the only class that touches {@code java.management}, which a JVM may lack, is {@link
 * org.sessionregistry.jmx.PlatformBeanServer}.
 *
 * <h2>Threads</h2>
 *
 * The MBean server calls foreign code (listeners, security), and the first to ask for it waits for
 * its start, which takes longer than opening a hundred sessions. So it is spoken to one task after
 * another, by a thread of the registry, never by those who open or close a session.
 */
@NullMarked
package org.sessionregistry.jmx;

import org.jspecify.annotations.NullMarked;
