package org.sessionregistry.transport;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.sessionregistry.connector.Dialer;
import org.sessionregistry.connector.Route;
import org.sessionregistry.connector.Scheduler;
import org.sessionregistry.egress.EgressRules;
import org.sessionregistry.egress.Proxies;
import org.sessionregistry.settings.KeyStoreSettings;
import org.sessionregistry.settings.SessionSettings;
import org.sessionregistry.settings.TlsSettings;

/**
 * Opens the connections of one session over TCP or a Unix domain socket, with TLS where the route
 * asks for it.
 */
public final class NettyDialer implements Dialer {
  private final DialContext context;

  /**
   * A dialer for one session.
   *
   * @param loops the registry's event loops
   * @param resolver the registry's resolver
   * @param blocking where files may be read
   * @param scheduler the clock
   * @param settings the session's version of HTTP, time limits, limits and trust
   * @param proxies the session's proxies
   */
  public NettyDialer(
      EventLoops loops,
      Resolver resolver,
      Executor blocking,
      Scheduler scheduler,
      SessionSettings settings,
      Proxies proxies) {
    this.context =
        new DialContext(
            loops,
            new Names(resolver, settings.dns()),
            resolver.failing(),
            blocking,
            new Tls(settings, blocking, scheduler),
            new Tls(settings.name(), ofProxies(settings.tls()), blocking, scheduler),
            scheduler,
            settings.timeout(),
            settings.dns(),
            settings.limits(),
            proxies,
            new EgressRules(settings.egress()),
            SourceAddress.of(settings),
            settings.unixSocket(),
            settings.httpVersion(),
            settings.pool().maxStreamsPerConnection());
  }

  /** Whom the session trusts, but nothing that is about its servers or shown to them. */
  private static TlsSettings ofProxies(TlsSettings tls) {
    return new TlsSettings(
        tls.trustStore(),
        tls.trustPem(),
        tls.trustAll(),
        KeyStoreSettings.NONE,
        Optional.empty(),
        Optional.empty(),
        true,
        Optional.empty(),
        List.of(),
        tls.protocols(),
        tls.ciphers());
  }

  @Override
  public Dial dial(Route route, Listener listener) {
    DialAttempt attempt = new DialAttempt(context, route, listener);
    attempt.start();
    return attempt;
  }
}
