/**
 * MicroProfile Rest Client interfaces that run on a named session.
 *
 * <pre>
 *  github/mp-rest/session=github
 * </pre>
 *
 * <p>{@link org.sessionregistry.cdi.restclient.SessionRestClients} hears of each client that is
 * built, finds its session and gives the client a transport of the session, in the way of the
 * implementation that builds it: an engine for RESTEasy, a connector for Jersey, a conduit for CXF.
 * Everything else stays the implementation's: annotations, providers, filters, mappers, threads. So
 * nothing here is loaded where there is no MicroProfile Rest Client, and of the three transports
 * only the one that is used.
 *
 * <pre>
 *  writer of the implementation ──▶ SessionCall ──▶ ClientSession
 *  reader of the implementation ◀── its response ◀──┘
 * </pre>
 *
 * An entity that fits into 64 KiB is sent when it is complete, and can be sent again; a larger one
 * is streamed by {@link org.sessionregistry.cdi.restclient.EntityPipe} while it is written. The
 * body of a response is always streamed.
 */
@NullMarked
package org.sessionregistry.cdi.restclient;

import org.jspecify.annotations.NullMarked;
