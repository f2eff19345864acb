/**
 * Where a session's connections may lead, and by which way: egress rules and proxies. Internal.
 *
 * <p>Nothing here touches a socket or asks for a name: {@link org.sessionregistry.egress.Proxies}
 * chooses the proxy for a host, {@link org.sessionregistry.egress.EgressRules} judges names and
 * addresses that the transport found. Everything is immutable and for any thread.
 */
@NullMarked
package org.sessionregistry.egress;

import org.jspecify.annotations.NullMarked;
