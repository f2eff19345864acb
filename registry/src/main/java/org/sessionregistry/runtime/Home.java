package org.sessionregistry.runtime;

import java.util.function.Supplier;
import org.sessionregistry.SessionHooks;
import org.sessionregistry.egress.Proxies;
import org.sessionregistry.egress.ProxyEnvironment;
import org.sessionregistry.exchange.SessionBlueprint;
import org.sessionregistry.jmx.JmxBeans;
import org.sessionregistry.settings.RegistrySettings;
import org.sessionregistry.settings.SessionSettings;
import org.sessionregistry.transport.NettyDialer;

/**
 * What the sessions of one registry live on. Thread-safe.
 *
 * @param threads its threads
 * @param beans where sessions are shown
 * @param settings what it is told; a reload may change it
 */
record Home(RegistryThreads threads, JmxBeans beans, Supplier<RegistrySettings> settings) {
  /**
   * What settings and hooks come to.
   *
   * @throws org.sessionregistry.settings.InvalidSettingException if they contradict each other
   */
  Foundation foundation(SessionSettings session, SessionHooks hooks) {
    SessionBlueprint blueprint =
        new SessionBlueprint(
            session,
            hooks,
            settings.get().leakDetection(),
            threads.timer(),
            threads.loops(),
            threads.blocking());
    Proxies proxies = Proxies.of(session.proxy(), ProxyEnvironment.SYSTEM);
    NettyDialer dialer =
        new NettyDialer(
            threads.loops(),
            threads.resolver(),
            threads.blocking(),
            threads.timer(),
            session,
            proxies);
    return new Foundation(
        blueprint, ConnectionTerms.of(session, proxies), blueprint.watched(dialer));
  }
}
