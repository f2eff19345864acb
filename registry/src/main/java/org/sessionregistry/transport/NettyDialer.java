package org.sessionregistry.transport;

import java.util.concurrent.Executor;
import org.sessionregistry.connector.Dialer;
import org.sessionregistry.connector.Route;
import org.sessionregistry.connector.Scheduler;
import org.sessionregistry.settings.SessionSettings;

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
   */
  public NettyDialer(
      EventLoops loops,
      Resolver resolver,
      Executor blocking,
      Scheduler scheduler,
      SessionSettings settings) {
    this.context =
        new DialContext(
            loops,
            new Names(resolver, settings.dns()),
            resolver.failing(),
            blocking,
            new Tls(settings, blocking, scheduler),
            scheduler,
            settings.timeout(),
            settings.dns(),
            settings.limits(),
            SourceAddress.of(settings),
            settings.unixSocket(),
            settings.httpVersion(),
            settings.pool().maxStreamsPerConnection());
  }

  @Override
  public Dial dial(Route route, Listener listener) {
    DialAttempt attempt = new DialAttempt(context, route, listener);
    attempt.start();
    return attempt;
  }
}
