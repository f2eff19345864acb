/**
 * Leases of connections: limits, the wait queue, idle connections and their lifetime. Internal.
 *
 * <p>A {@link org.sessionregistry.connector.ConnectionPool} hands out {@link
 * org.sessionregistry.connector.Lease}s of {@link org.sessionregistry.connector.Connection}s, which
 * it opens through a {@link org.sessionregistry.connector.Dialer}. Connection and dialer are ports:
 * the transport implements them. Time is injected ({@link
 * org.sessionregistry.connector.Scheduler}).
 *
 * <h2>States of a pooled connection</h2>
 *
 * <pre>
 *            evict an idle connection
 *                       │
 *   acquire ──► PENDING ┴─► OPENING ──opened──► LEASED ◄──acquire── IDLE
 *                 │            │ failed,          │  └───release────►│
 *                 │ not needed │ aborted          │ discard          │ keep-alive over, evicted,
 *                 ▼            ▼                  ▼                  ▼ pool closes
 *               GONE         GONE ◄───closed── CLOSING ◄─────────────┘
 * </pre>
 *
 * Every state but {@code PENDING} and {@code GONE} holds one slot of the pool; {@code PENDING} will
 * take over the slot of the connection that is closed in its favour. The socket of a {@code
 * CLOSING} connection may still exist, so its slot is free only when the transport says that it is
 * closed: the limit holds for sockets, not for intentions. A peer may close a connection in any
 * state; it is {@code GONE} the moment the transport notices.
 *
 * <h2>States of a waiter</h2>
 *
 * <pre>
 *   acquire ──► QUEUED ──slot granted──► EXPECTING ──► SERVED (a lease)
 *                 │  └───────────────────────┼───────►
 *                 └──────────────────────────┴───────► REFUSED (dial failed, pool closed)
 *                                            └───────► CANCELLED (by the exchange)
 * </pre>
 *
 * A waiter is {@code EXPECTING} while a connection is being opened for it, else {@code QUEUED};
 * only the latter counts as waiting in the queue. It takes whichever comes first: the connection
 * opened for it or one that another request frees.
 *
 * <p>Waiters of one route are served by priority in the ratio 16 : 4 : 1, within a priority in
 * their order of arrival, or the last first ({@link org.sessionregistry.connector.RouteQueue}).
 * Between routes, a free slot goes to the waiter that came first among those whose route has room,
 * priority considered ({@link org.sessionregistry.connector.WaitingRoutes}); a connection that is
 * freed goes to its own route, past earlier waiters of other routes, but at most {@link
 * org.sessionregistry.connector.ConnectionPool#MAX_PASSED_OVER} times past the same one: then it is
 * closed in favour of that one.
 *
 * <h2>Invariants, checked by the tests after every step</h2>
 *
 * <ol>
 *   <li>Slots in use never exceed {@code max-connections}, those of a route never {@code
 *       max-connections-per-host}.
 *   <li>A route with an idle connection has no queued waiter.
 *   <li>A waiter is queued only when its route is full, or the pool is full and nothing in it can
 *       be given up.
 *   <li>An expecting waiter has exactly one connection being opened for it. Its turn has come, so
 *       it is served before those in the queue of its route.
 *   <li>Every waiter hears exactly once: served, refused, or it was cancelled and hears nothing.
 *   <li>After the pool was closed and every lease released, no slot is in use.
 * </ol>
 *
 * <h2>Threads</h2>
 *
 * Any thread may call the pool; its state is guarded by one lock, held for a few field writes.
 * Nothing foreign is called under it: callbacks, dials and closes are collected as {@link
 * org.sessionregistry.connector.Effects} and run after it is released. So a waiter may be served
 * while it is being cancelled; {@link org.sessionregistry.connector.Waiter#cancel()} tells which
 * came first.
 */
@NullMarked
package org.sessionregistry.connector;

import org.jspecify.annotations.NullMarked;
