/**
 * The wire: Netty. Internal, and the only package that imports {@code io.netty}.
 *
 * <p>It implements the ports of the connector: {@link org.sessionregistry.transport.NettyDialer}
 * opens connections, {@link org.sessionregistry.transport.Http1Connection} serves exchanges on one,
 * {@link org.sessionregistry.transport.Http2Connection} many of them side by side, and {@link
 * org.sessionregistry.transport.AddressWatch} retires it when its host has left the address. Where
 * a proxy is on the way, a {@link org.sessionregistry.transport.Tunnel} comes before all else.
 *
 * <p>The one rule: <b>no Netty code runs on a caller's thread</b>, not even the allocation of a
 * buffer. Netty keeps thread-local state, and in an application server the caller's threads outlive
 * the application, which that state would keep in memory. A caller's thread only ever hands a task
 * to an event loop; everything else is confined to that loop.
 *
 * <p>Only API that Netty 4.1 and 4.2 share is used; the tests run on both.
 */
@NullMarked
package org.sessionregistry.transport;

import org.jspecify.annotations.NullMarked;
