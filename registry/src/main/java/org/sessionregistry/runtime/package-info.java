/**
 * Where everything is put together: the registry, its sessions and its threads. Internal; nothing
 * imports this package.
 *
 * <pre>
 *   StandardRegistry ──► RegistryThreads (event loops, timer, blocking work)
 *        │  names     └► JmxBeans (what is seen from outside)
 *        ▼
 *   StandardSession ──► SessionContext ──► ConnectionPool ──► NettyDialer
 * </pre>
 */
@NullMarked
package org.sessionregistry.runtime;

import org.jspecify.annotations.NullMarked;
