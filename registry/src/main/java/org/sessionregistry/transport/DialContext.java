package org.sessionregistry.transport;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.sessionregistry.connector.Scheduler;
import org.sessionregistry.egress.EgressRules;
import org.sessionregistry.egress.Proxies;
import org.sessionregistry.settings.DnsSettings;
import org.sessionregistry.settings.HttpVersionPreference;
import org.sessionregistry.settings.LimitSettings;
import org.sessionregistry.settings.TimeoutSettings;

/**
 * What every connection of a session is opened with.
 *
 * @param loops the registry's event loops
 * @param names finds addresses for the session
 * @param failing the addresses that are failing
 * @param blocking where may be done what blocks, or what no event loop can do
 * @param tls the session's trust
 * @param proxyTls the same for proxies, which have a name and a key of their own
 * @param scheduler the clock
 * @param timeout the session's time limits
 * @param dns how the session tries addresses
 * @param limits the session's bounds on memory
 * @param proxies which proxy is on the way
 * @param egress where connections may lead
 * @param source where the session's connections start from
 * @param unixSocket what is connected to instead of host and port
 * @param httpVersion the version of HTTP that the session asks for
 * @param maxStreams exchanges at once on a connection of HTTP/2
 */
record DialContext(
    EventLoops loops,
    Names names,
    FailingAddresses failing,
    Executor blocking,
    Tls tls,
    Tls proxyTls,
    Scheduler scheduler,
    TimeoutSettings timeout,
    DnsSettings dns,
    LimitSettings limits,
    Proxies proxies,
    EgressRules egress,
    Optional<SourceAddress> source,
    Optional<Path> unixSocket,
    HttpVersionPreference httpVersion,
    int maxStreams) {}
