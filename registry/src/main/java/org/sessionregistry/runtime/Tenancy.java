package org.sessionregistry.runtime;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.sessionregistry.SessionHooks;
import org.sessionregistry.connector.ConnectionPool;
import org.sessionregistry.settings.SessionSettings;
import org.sessionregistry.settings.TenancySettings;
import org.sessionregistry.settings.TenantPool;

/**
 * How the sessions of tenants are made under one set of settings. The rule: tenants without
 * settings of their own have one foundation in common, and all have one pool unless each is to have
 * its own. Used under the lock of {@link Tenants}, once it was prepared.
 */
final class Tenancy {
  /** No tenant has this name, so its settings are those of all without settings of their own. */
  private static final String NOBODY = "";

  private final SessionSettings template;
  private final SessionHooks hooks;
  private final Pools pools;
  private final ConnectionPool shared;
  private final Foundation common;
  private final Map<String, Foundation> own = new HashMap<>();

  /**
   * Prepares the sessions of tenants.
   *
   * @param template resolved, see {@link Pools#resolve}
   * @param shared the template's own pool
   * @throws org.sessionregistry.settings.InvalidSettingException if the settings of a tenant and
   *     hooks contradict each other
   */
  Tenancy(
      Home home, SessionSettings template, SessionHooks hooks, Pools pools, ConnectionPool shared) {
    this.template = template;
    this.hooks = hooks;
    this.pools = pools;
    this.shared = shared;
    this.common = home.foundation(template.ofTenant(NOBODY), hooks);
    template.tenants().forEach((name, settings) -> own.put(name, home.foundation(settings, hooks)));
  }

  TenancySettings settings() {
    return template.tenancy();
  }

  private Foundation foundation(String tenant) {
    return own.getOrDefault(tenant, common);
  }

  /** A session that has not begun. */
  LiveSession open(Home home, String tenant) {
    Foundation foundation = foundation(tenant);
    return new LiveSession(
        home, Optional.of(tenant), foundation, cookies(home, tenant), pool(foundation));
  }

  private SessionCookies cookies(Home home, String tenant) {
    return new SessionCookies(
        foundation(tenant).settings(), Optional.of(tenant), hooks, home.threads());
  }

  private ConnectionPool pool(Foundation foundation) {
    return isIsolated() ? pools.of(foundation.settings()) : shared;
  }

  /** Whether each tenant has a pool of its own. */
  boolean isIsolated() {
    return settings().pool() == TenantPool.ISOLATED;
  }

  /** What takes the place of what a tenant has; empty if that is as it should be. */
  Optional<Generation> change(Home home, String tenant, LiveSession session) {
    Foundation foundation = foundation(tenant);
    SessionSettings before = session.settings();
    ConnectionPool pool =
        isIsolated()
            ? pools.after(foundation.settings(), session.current().pool(), before)
            : shared;
    boolean same = pool == session.current().pool() && before.equals(foundation.settings());
    return same
        ? Optional.empty()
        : Optional.of(session.prepare(foundation, pool, () -> cookies(home, tenant)));
  }
}
