/**
 * Leases of connections: limits, the wait queue, idle connections and their lifetime. Internal.
 *
 * <p>A {@link org.sessionregistry.connector.ConnectionPool} hands out {@link
 * org.sessionregistry.connector.Lease}s of {@link org.sessionregistry.connector.Connection}s to its
 * {@linkplain org.sessionregistry.connector.PoolMember members}: one session, or several that share
 * the pool. It opens connections through the member's {@link org.sessionregistry.connector.Dialer}.
 * Connection and dialer are ports: the transport implements them. Time is injected ({@link
 * org.sessionregistry.connector.Scheduler}).
 *
 * <pre>
 *   PoolMember ──► ConnectionPool      the door: one method for each event, the lock, the effects
 *                    ├─ Members        who uses it, what each holds
 *                    ├─ WaitQueue      who waits and whose turn it is
 *                    ├─ Connections    each connection's life ── Slots, Shelves, Tally
 *                    └─ Matching       who gets which connection
 * </pre>
 *
 * <h2>States of a pooled connection</h2>
 *
 * <pre>
 *            evict an idle connection
 *                       │
 *   acquire ──► PENDING ┴─► OPENING ──opened──► LEASED ◄──acquire── IDLE
 *                 │            │ failed,          │  └───release────►│
 *                 │ not needed │ aborted          │ discard          │ keep-alive over, evicted,
 *                 ▼            ▼                  ▼                  ▼ retired, nobody left
 *               GONE         GONE ◄───closed── CLOSING ◄─────────────┘
 * </pre>
 *
 * Every state but {@code PENDING} and {@code GONE} holds one slot of the pool; {@code PENDING} will
 * take over the slot of the connection that is closed in its favour. The socket of a {@code
 * CLOSING} connection may still exist, so its slot is free only when the transport says that it is
 * closed: the limit holds for sockets, not for intentions. A peer may close a connection in any
 * state; it is {@code GONE} the moment the transport notices.
 *
 * <p>A connection has a capacity: how many exchanges it serves at once, 1 with HTTP/1.1, the number
 * of streams with HTTP/2. It is {@code LEASED} with one lease or more, {@code IDLE} without. While
 * it is being opened, the capacity of the one before in its route is the guess; waiters join it up
 * to that, and if it turns out to have less room, those whose turn came last go back into the
 * queue. The transport may change the capacity at any time. Zero <em>retires</em> the connection,
 * as do its greatest age and number of uses: it takes no more leases and is closed after those it
 * has, at once if it has none.
 *
 * <p>Where a connection is found by those who look for one follows from its state: on the shelf of
 * its route for idle ones, for those in use that have room, for those being opened that have room,
 * and for those being opened that nobody needs ({@link org.sessionregistry.connector.Shelves}).
 *
 * <h2>States of a waiter</h2>
 *
 * <pre>
 *   acquire ──► QUEUED ◄─slot granted──► EXPECTING ──► SERVED (a lease)
 *                 │  └───────────────────────┼───────►
 *                 └──────────────────────────┴───────► REFUSED (dial failed, member left)
 *                                            └───────► CANCELLED (by the exchange)
 * </pre>
 *
 * A waiter is {@code EXPECTING} while a connection is being opened for it, else {@code QUEUED};
 * only the latter counts as waiting in the queue. It takes whichever comes first: the connection
 * opened for it or one that another request frees. A dial that fails refuses those that expect it.
 *
 * <h2>Whose turn it is</h2>
 *
 * <ol>
 *   <li><b>Members take turns.</b> Each grant is one; a slot or a connection goes to the eligible
 *       waiter whose member has had the fewest. A member that comes anew starts at the present
 *       number, so that having wanted nothing is worth nothing. So the single request of one member
 *       waits for one connection to come free, however many another has in the queue. A connection
 *       of another route is closed for it if need be.
 *   <li><b>Within a member's turn, priority</b> in the ratio 16 : 4 : 1 ({@link
 *       org.sessionregistry.connector.MemberQueue}), within a priority in the order of arrival, or
 *       the last first.
 *   <li><b>Between routes of members that have had as many turns</b>, who came first, priority
 *       considered. A connection that is freed goes to its own route, past earlier waiters of
 *       others, but at most {@link org.sessionregistry.connector.ConnectionPool#MAX_PASSED_OVER}
 *       times past the same one: then it is closed in favour of that one, or retired if others
 *       still use it.
 *   <li><b>Who is not eligible is passed by:</b> a member that holds as many connections as it may,
 *       and, when only reserved connections are left, whoever is not of priority {@code high}.
 * </ol>
 *
 * Several pools can have one {@link org.sessionregistry.connector.ConnectionBudget}: each socket
 * takes a permit of it, a pool that finds none stands in a line, and the others give up what is
 * idle for it, and after {@code MAX_PASSED_OVER} leases also what they could use.
 *
 * <h2>Invariants, checked by the tests after every step</h2>
 *
 * <ol>
 *   <li>Slots in use never exceed {@code max-connections}, those of a route never {@code
 *       max-connections-per-host}, what a member holds never {@code max-connections-per-tenant},
 *       and connections that serve nobody of priority {@code high} leave {@code reserved-high}
 *       free.
 *   <li>A route with a connection that is idle, or has room, or is opened for nobody, has no
 *       eligible waiter in the queue.
 *   <li>An eligible waiter is in the queue only when its route is full, or the pool (or the budget)
 *       is full and nothing in it can be given up.
 *   <li>An expecting waiter has exactly one connection being opened for it, and no connection more
 *       waiters than its capacity. Their turn has come, so they are served before those in the
 *       queue of their route.
 *   <li>Every waiter hears exactly once: served, refused, or it was cancelled and hears nothing.
 *   <li>A member has left when it holds nothing, the last one when no socket is left.
 * </ol>
 *
 * <h2>Threads</h2>
 *
 * Any thread may call the pool; its state is guarded by one lock, held for a few field writes.
 * Nothing foreign is called under it: callbacks, dials and closes are collected as {@link
 * org.sessionregistry.connector.Effects} and run after it is released. So a waiter may be served
 * while it is being cancelled; {@link org.sessionregistry.connector.Waiter#cancel()} tells which
 * came first. The budget has a lock of its own, which is taken under a pool's lock and never the
 * other way round.
 */
@NullMarked
package org.sessionregistry.connector;

import org.jspecify.annotations.NullMarked;
