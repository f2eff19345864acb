/**
 * One request's life. Internal.
 *
 * <p>An {@link org.sessionregistry.exchange.Exchange} is what the application sees: one future of a
 * response, one total time limit, one outcome. It makes one {@link
 * org.sessionregistry.exchange.Attempt}, or a second one when a reused connection turned out to be
 * dead: each takes one lease, sends once and hears what comes back.
 *
 * <pre>
 *   Attempt:  ACQUIRING ──leased──► SENDING ──sent──► AWAITING ──head──► RECEIVING ──► OVER
 *   Exchange: running ──► ended, exactly once: succeeded, failed or cancelled
 * </pre>
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
