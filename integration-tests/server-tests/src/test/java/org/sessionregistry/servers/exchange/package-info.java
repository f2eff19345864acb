/**
 * A session and real servers: what travels over the wire, what is left when a test is over.
 *
 * <p>A {@link org.sessionregistry.servers.exchange.World} gives a test its peers and its sessions,
 * and looks at the end whether anything is left of them. A peer is Jetty or Undertow; behaviours
 * that both must see are classes with a parameter.
 */
package org.sessionregistry.servers.exchange;
