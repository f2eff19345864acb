package org.sessionregistry.runtime;

import java.nio.file.Path;
import java.util.Optional;
import org.sessionregistry.egress.Proxies;
import org.sessionregistry.settings.DataSize;
import org.sessionregistry.settings.DnsSettings;
import org.sessionregistry.settings.EgressSettings;
import org.sessionregistry.settings.HttpVersionPreference;
import org.sessionregistry.settings.SessionSettings;
import org.sessionregistry.settings.TlsSettings;

/**
 * What a connection is opened with, but for time limits. Sessions whose terms are equal may use
 * each other's connections; all others never do, because a connection carries the identity that it
 * was opened with.
 *
 * @param httpVersion the protocol
 * @param tls whom the session trusts and who it is
 * @param dns where a name leads
 * @param proxies which proxies it goes through, and who the session is to them
 * @param egress where it may lead
 * @param localAddress the source address
 * @param unixSocket what is connected to instead of the host
 * @param responseHeaders what the connection reads of headers at most
 * @param maxStreams how many requests it carries at once
 */
record ConnectionTerms(
    HttpVersionPreference httpVersion,
    TlsSettings tls,
    DnsSettings dns,
    Proxies proxies,
    EgressSettings egress,
    Optional<String> localAddress,
    Optional<Path> unixSocket,
    DataSize responseHeaders,
    int maxStreams) {

  static ConnectionTerms of(SessionSettings session, Proxies proxies) {
    return new ConnectionTerms(
        session.httpVersion(),
        session.tls(),
        session.dns(),
        proxies,
        session.egress(),
        session.localAddress(),
        session.unixSocket(),
        session.limits().responseHeaders(),
        session.pool().maxStreamsPerConnection());
  }
}
