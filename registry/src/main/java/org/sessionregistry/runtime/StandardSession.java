package org.sessionregistry.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.ClientSession;
import org.sessionregistry.JsonCodec;
import org.sessionregistry.SessionHooks;
import org.sessionregistry.SessionStatistics;
import org.sessionregistry.TenantResolver;
import org.sessionregistry.UnknownTenantException;
import org.sessionregistry.connector.PoolSnapshot;
import org.sessionregistry.exchange.Counters;
import org.sessionregistry.exchange.Snapshots;
import org.sessionregistry.jmx.SessionBean;
import org.sessionregistry.settings.InvalidSettingException;
import org.sessionregistry.settings.SessionSettings;
import org.sessionregistry.settings.TenancyType;

/**
 * A session of a registry: its name, what sends its requests, and the sessions of its tenants if it
 * is a template. Thread-safe; settings change one after the other.
 */
final class StandardSession extends SessionFace {
  private final String name;
  private final SessionHooks hooks;
  private final Home home;
  private final Consumer<StandardSession> whenClosed;
  private final SessionBean bean;
  private final LiveSession own;
  private final AtomicBoolean closing = new AtomicBoolean();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private final CompletionStage<Void> closed = ended.minimalCompletionStage();

  /** With its tenancy and its tenants. */
  private volatile SessionSettings settings;

  /** Null unless the session is a template. */
  private volatile @Nullable Tenants tenants;

  /** Written without care for other threads: to show it twice is harmless. */
  private boolean shown;

  /**
   * A session that does nothing until it {@link #begin}s or is {@link #discard}ed.
   *
   * @param settings resolved, see {@link Pools#resolve}
   * @param whenClosed told when nothing of it is left
   * @throws InvalidSettingException if settings and hooks contradict each other; then nothing is
   *     left behind
   */
  StandardSession(
      SessionSettings settings,
      SessionHooks hooks,
      Home home,
      Pools pools,
      Consumer<StandardSession> whenClosed) {
    super(home);
    refuseContradictions(settings, hooks);
    this.name = settings.name();
    this.settings = settings;
    this.hooks = hooks;
    this.home = home;
    this.whenClosed = whenClosed;
    this.bean = new SessionBean(name, this::settings, this::statistics);
    Foundation foundation = home.foundation(settings, hooks);
    SessionCookies cookies = new SessionCookies(settings, Optional.empty(), hooks, home.threads());
    this.own = new LiveSession(home, Optional.empty(), foundation, cookies, pools.of(settings));
    if (settings.tenancy().type() != TenancyType.NONE) {
      this.tenants = new Tenants(home, tenancy(pools, settings, own.current()));
    }
  }

  private static void refuseContradictions(SessionSettings settings, SessionHooks hooks) {
    TenancyType type = settings.tenancy().type();
    if (type == TenancyType.NONE && hooks.tenants().isPresent()) {
      throw new InvalidSettingException(
          "tenancy", "none", "required or optional beside a TenantResolver");
    }
    if (type != TenancyType.NONE && hooks.cookieJar().isPresent()) {
      throw new InvalidSettingException(
          "tenancy",
          type.name().toLowerCase(Locale.ROOT),
          "none beside a jar that is given in code, because no tenant may see another's cookies");
    }
  }

  private Tenancy tenancy(Pools pools, SessionSettings template, Generation of) {
    return new Tenancy(home, template, hooks, pools, of.pool());
  }

  /** Others may find it from now on. */
  void begin() {
    own.begin();
  }

  /** Gives up what never began. */
  void discard() {
    own.discard();
  }

  // ---- whose request it is --------------------------------------------------------------------

  @Override
  LiveSession live() {
    Tenants template = tenants;
    if (template == null) {
      return own;
    }
    TenantResolver resolver = hooks.tenants().orElse(null);
    Optional<String> tenant = resolver == null ? Optional.empty() : resolver.tenant();
    if (tenant.isPresent()) {
      return of(template, TenantSession.checked(tenant.get()));
    }
    if (settings.tenancy().type() == TenancyType.REQUIRED) {
      throw new UnknownTenantException(name, resolver != null);
    }
    return own;
  }

  /** The session of a tenant; what is closed says so itself. */
  LiveSession of(Tenants template, String tenant) {
    LiveSession session = template.of(tenant);
    return session == null ? own : session;
  }

  /** A tenant's session, whether it is open or not. */
  ClientSession ofTenant(String tenant) {
    templateOf(); // or it has none
    return new TenantSession(this, home, TenantSession.checked(tenant));
  }

  /**
   * The sessions of its tenants.
   *
   * @throws IllegalArgumentException if it has none
   */
  Tenants templateOf() {
    Tenants template = tenants;
    if (template == null) {
      throw new IllegalArgumentException(
          "session '"
              + name
              + "' has no tenants: set client-session."
              + name
              + ".tenancy=required or optional");
    }
    return template;
  }

  @Override
  void used() {
    if (!shown) {
      shown = true;
      home.beans().show(bean);
    }
  }

  // ---- settings change ------------------------------------------------------------------------

  /** What may take the place of what is there. */
  record Change(SessionSettings settings, Generation own, Optional<Tenancy> tenancy) {}

  /**
   * Prepares a change, for {@link #become}; until then it changes nothing.
   *
   * @param changed resolved settings
   */
  Change prepare(Pools pools, SessionSettings changed) {
    refuseContradictions(changed, hooks);
    Foundation next = home.foundation(changed, hooks);
    Generation prepared =
        own.prepare(
            next,
            pools.after(changed, own.current().pool(), settings),
            () -> new SessionCookies(changed, Optional.empty(), hooks, home.threads()));
    try {
      return new Change(
          changed,
          prepared,
          changed.tenancy().type() == TenancyType.NONE
              ? Optional.empty()
              : Optional.of(tenancy(pools, changed, prepared)));
    } catch (RuntimeException | Error e) {
      own.discard(prepared);
      throw e;
    }
  }

  /** Requests begin with other settings from now on; those that have begun are not disturbed. */
  void become(Change change) {
    Tenants before = tenants;
    settings = change.settings();
    own.become(change.own());
    if (change.tenancy().isEmpty()) {
      tenants = null;
      if (before != null) {
        before.dissolve();
      }
    } else if (before == null) {
      tenants = new Tenants(home, change.tenancy().get());
    } else {
      before.become(change.tenancy().get());
    }
    Tenants template = tenants;
    if (isClosing() && template != null) {
      template.closeAsync(); // perhaps they came too late to be closed with the rest
    }
  }

  /** Gives up what was prepared. */
  void discard(Change prepared) {
    own.discard(prepared.own());
  }

  // ---- what it is and does --------------------------------------------------------------------

  @Override
  public String name() {
    return name;
  }

  @Override
  public SessionSettings settings() {
    return settings;
  }

  @Override
  public JsonCodec json() {
    return own.context().json();
  }

  @Override
  public SessionStatistics statistics() {
    List<Counters> parts = new ArrayList<>();
    own.addCountersTo(parts);
    Tenants template = tenants;
    if (template != null) {
      template.addCountersTo(parts);
    }
    PoolSnapshot pool = own.pools();
    if (template != null && settings.pool().name().isEmpty()) {
      pool = template.withTheirPools(pool);
    }
    return statistics(Counters.sum(parts), pool);
  }

  SessionStatistics statistics(Counters counters, PoolSnapshot pool) {
    return counters.snapshot(name, settings.pool().name(), Snapshots.statistics(pool));
  }

  // ---- closing --------------------------------------------------------------------------------

  boolean isClosing() {
    return closing.get();
  }

  @Override
  public CompletionStage<Void> closeAsync() {
    if (closing.compareAndSet(false, true)) {
      Tenants template = tenants;
      CompletableFuture<?> tenantsGone =
          template == null ? CompletableFuture.completedFuture(null) : template.closeAsync();
      CompletableFuture.allOf(own.closeAsync().toCompletableFuture(), tenantsGone)
          .whenComplete(
              (done, failure) -> {
                home.beans().hide(bean); // before its name is free
                whenClosed.accept(this);
                ended.complete(null);
              });
    }
    return closed;
  }

  /** The name and how many exchanges are in flight. */
  @Override
  public String toString() {
    return "ClientSession[" + name + ", " + statistics().inFlight() + " in flight]";
  }
}
