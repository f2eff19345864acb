/**
 * Spans and metrics of sessions, for OpenTelemetry.
 *
 * <p>{@link org.sessionregistry.cdi.telemetry.SessionTelemetry} gives the hooks of a session. An
 * interceptor around the exchange runs on the caller's thread and leaves the context that is
 * current there at the request; one around each attempt begins a span in that context and puts it
 * into the headers; a listener adds what only the connection knows. Pools are asked when metrics
 * are read.
 *
 * <pre>
 *   caller's thread          thread of the attempt                          event loop
 *   TracedExchange ─Trail──► TracedAttempt ─Sending (span)──► request ────► TelemetryListener
 *                                  ▲                                            │ peer, wait, sizes
 *                                  └── answer or failure: the span ends ◄───────┘
 * </pre>
 *
 * <p>This is the only package that meets OpenTelemetry's API; it is loaded only where the API is.
 */
@NullMarked
package org.sessionregistry.cdi.telemetry;

import org.jspecify.annotations.NullMarked;
