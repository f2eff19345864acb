/**
 * One request's life. Internal.
 *
 * <p>An {@link org.sessionregistry.exchange.Exchange} is what the application sees: one future of a
 * response, one total time limit, one outcome. Its {@link org.sessionregistry.exchange.Course} says
 * what is sent now and whether an answer or a failure is the last one; if not, a {@link
 * org.sessionregistry.exchange.Sequel} follows: a redirect, a retry, other credentials. One {@link
 * org.sessionregistry.exchange.Attempt} after the other sends it: each takes one lease, sends once
 * and hears what comes back. Interceptors stand around the exchange or around each attempt; without
 * any, nothing of them is there.
 *
 * <pre>
 *   Attempt:  ACQUIRING ──leased──► SENDING ──sent──► AWAITING ──head──► RECEIVING ──► OVER
 *                 └──────────────────────┴────────────────┘
 *                    settled, exactly once: answered, failed or given up
 *   Exchange: running ◄─► paused (back-off, credentials) ──► ended, exactly once:
 *                    succeeded, failed or cancelled
 * </pre>
 *
 * <p>A body comes as {@link org.sessionregistry.exchange.BodySource}: as it was sent, or with its
 * codings taken off. WebSockets have openings and attempts of their own, upon the same parts.
 *
 * <h2>Threads</h2>
 *
 * The events of the wire come on the connection's event loop, a lease on any thread, time-outs and
 * cancellation on any thread. Whoever ends the exchange first (one atomic step) decides its outcome
 * and gives the lease back; everybody else finds it ended and does nothing.
 *
 * <p>Between the event loop and the reader of a body stands a {@link
 * org.sessionregistry.exchange.BodyBuffer} with a lock of its own. Time-outs complete futures on an
 * event loop, never on the timer's thread, so that no application code can delay other time-outs.
 */
@NullMarked
package org.sessionregistry.exchange;

import org.jspecify.annotations.NullMarked;
