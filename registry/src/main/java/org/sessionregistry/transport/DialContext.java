package org.sessionregistry.transport;

import java.util.concurrent.Executor;
import org.sessionregistry.connector.Scheduler;
import org.sessionregistry.settings.LimitSettings;
import org.sessionregistry.settings.TimeoutSettings;

/**
 * What every connection of a session is opened with.
 *
 * @param loops the registry's event loops
 * @param resolver the registry's resolver
 * @param blocking where may be done what blocks, or what no event loop can do
 * @param tls the session's trust
 * @param scheduler the clock
 * @param timeout the session's time limits
 * @param limits the session's bounds on memory
 */
record DialContext(
    EventLoops loops,
    Resolver resolver,
    Executor blocking,
    Tls tls,
    Scheduler scheduler,
    TimeoutSettings timeout,
    LimitSettings limits) {}
