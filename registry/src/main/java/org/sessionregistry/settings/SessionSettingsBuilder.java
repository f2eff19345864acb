package org.sessionregistry.settings;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Collects the settings of one session. Not thread-safe. It is long because every setting is one
 * short method here.
 */
public final class SessionSettingsBuilder {
  private final String name;
  private Optional<URI> baseUrl = Optional.empty();
  private Map<String, String> headers = Map.of();
  private List<String> headersAnywhere = List.of();
  private Map<String, String> query = Map.of();
  private Map<String, String> cookies = Map.of();
  private String userAgent = SessionSettings.DEFAULT_USER_AGENT;
  private AuthSettings auth = AuthSettings.NONE;
  private boolean raiseForStatus;
  private HttpVersionPreference httpVersion = HttpVersionPreference.AUTO;
  private TimeoutSettings timeout = TimeoutSettings.DEFAULTS;
  private PoolSettings pool = PoolSettings.DEFAULTS;
  private QueueSettings queue = QueueSettings.DEFAULTS;
  private Priority priority = Priority.NORMAL;
  private RateLimitSettings rateLimit = RateLimitSettings.DEFAULTS;
  private CookieJarSettings cookieJar = CookieJarSettings.DEFAULTS;
  private RedirectSettings redirects = RedirectSettings.DEFAULTS;
  private RetrySettings retries = RetrySettings.DEFAULTS;
  private boolean decompress = true;
  private LimitSettings limits = LimitSettings.DEFAULTS;
  private TlsSettings tls = TlsSettings.DEFAULTS;
  private DnsSettings dns = DnsSettings.DEFAULTS;
  private ProxySettings proxy = ProxySettings.DEFAULTS;
  private EgressSettings egress = EgressSettings.DEFAULTS;
  private Optional<String> localAddress = Optional.empty();
  private Optional<Path> unixSocket = Optional.empty();
  private LogDetail log = LogDetail.NONE;
  private HealthSettings health = HealthSettings.DEFAULTS;
  private TenancySettings tenancy = TenancySettings.DEFAULTS;
  private Optional<SessionSettings> before = Optional.empty();
  private final Map<String, Consumer<SessionSettingsBuilder>> tenants = new LinkedHashMap<>();

  SessionSettingsBuilder(String name) {
    this.name = name;
  }

  SessionSettingsBuilder(SessionSettings from) {
    name = from.name();
    baseUrl = from.baseUrl();
    headers = from.headers();
    headersAnywhere = from.headersAnywhere();
    query = from.query();
    cookies = from.cookies();
    userAgent = from.userAgent();
    auth = from.auth();
    raiseForStatus = from.raiseForStatus();
    httpVersion = from.httpVersion();
    timeout = from.timeout();
    pool = from.pool();
    queue = from.queue();
    priority = from.priority();
    rateLimit = from.rateLimit();
    cookieJar = from.cookieJar();
    redirects = from.redirects();
    retries = from.retries();
    decompress = from.decompress();
    limits = from.limits();
    tls = from.tls();
    dns = from.dns();
    proxy = from.proxy();
    egress = from.egress();
    localAddress = from.localAddress();
    unixSocket = from.unixSocket();
    log = from.log();
    health = from.health();
    tenancy = from.tenancy();
    before = Optional.of(from);
  }

  /**
   * Sets where relative references resolve.
   *
   * @param value an absolute http or https URL
   * @return this
   */
  public SessionSettingsBuilder baseUrl(URI value) {
    baseUrl = Optional.of(value);
    return this;
  }

  /**
   * Sets where relative references resolve.
   *
   * @param value an absolute http or https URL
   * @return this
   * @throws IllegalArgumentException if it is not a URI (RFC 3986)
   */
  public SessionSettingsBuilder baseUrl(String value) {
    return baseUrl(URI.create(value));
  }

  /**
   * Adds a default header; a second one of the same name replaces the first.
   *
   * @param field the field name
   * @param value the field value
   * @return this
   */
  public SessionSettingsBuilder header(String field, String value) {
    Map<String, String> others = new LinkedHashMap<>(headers);
    others.keySet().removeIf(field::equalsIgnoreCase);
    headers = Entries.with(others, field, value);
    return this;
  }

  /**
   * Lets a default header go to other origins than that of the base URL.
   *
   * @param field the field name
   * @return this
   */
  public SessionSettingsBuilder headerAnywhere(String field) {
    headersAnywhere = Stream.concat(headersAnywhere.stream(), Stream.of(field)).toList();
    return this;
  }

  /**
   * Adds a default query parameter.
   *
   * @param parameter its name, not encoded
   * @param value its value, not encoded
   * @return this
   */
  public SessionSettingsBuilder query(String parameter, String value) {
    query = Entries.with(query, parameter, value);
    return this;
  }

  /**
   * Puts a cookie for the host of the base URL into the jar.
   *
   * @param cookie its name
   * @param value its value
   * @return this
   */
  public SessionSettingsBuilder cookie(String cookie, String value) {
    cookies = Entries.with(cookies, cookie, value);
    return this;
  }

  /**
   * Sets the {@code User-Agent}.
   *
   * @param value the product, empty to send none
   * @return this
   */
  public SessionSettingsBuilder userAgent(String value) {
    userAgent = value;
    return this;
  }

  /**
   * Sets who the session says it is, to the origin of its base URL only.
   *
   * @param value the credentials
   * @return this
   */
  public SessionSettingsBuilder auth(AuthSettings value) {
    auth = value;
    return this;
  }

  /**
   * Sets whether 4xx and 5xx fail the request.
   *
   * @param value whether they do
   * @return this
   */
  public SessionSettingsBuilder raiseForStatus(boolean value) {
    raiseForStatus = value;
    return this;
  }

  /**
   * Sets which version of HTTP the session speaks.
   *
   * @param value the version
   * @return this
   */
  public SessionSettingsBuilder httpVersion(HttpVersionPreference value) {
    httpVersion = value;
    return this;
  }

  /**
   * Changes the time limits.
   *
   * @param change given the current ones
   * @return this
   */
  public SessionSettingsBuilder timeout(UnaryOperator<TimeoutSettings> change) {
    timeout = change.apply(timeout);
    return this;
  }

  /**
   * Sets the limit of the whole exchange.
   *
   * @param total the limit, zero for none
   * @return this
   */
  public SessionSettingsBuilder timeout(Duration total) {
    return timeout(t -> t.withTotal(total));
  }

  /**
   * Changes the connection limits.
   *
   * @param change given the current ones
   * @return this
   */
  public SessionSettingsBuilder pool(UnaryOperator<PoolSettings> change) {
    pool = change.apply(pool);
    return this;
  }

  /**
   * Sets the limits on waiting.
   *
   * @param value the limits
   * @return this
   */
  public SessionSettingsBuilder queue(QueueSettings value) {
    queue = value;
    return this;
  }

  /**
   * Sets how soon requests are served that do not say it themselves.
   *
   * @param value the priority
   * @return this
   */
  public SessionSettingsBuilder priority(Priority value) {
    priority = value;
    return this;
  }

  /**
   * Limits how many requests are started in a period.
   *
   * @param permits how many
   * @param period the period
   * @return this
   */
  public SessionSettingsBuilder rateLimit(int permits, Duration period) {
    return rateLimit(limit -> limit.withPermits(permits).withPeriod(period));
  }

  /**
   * Changes how many requests are started in a period.
   *
   * @param change given the current settings
   * @return this
   */
  public SessionSettingsBuilder rateLimit(UnaryOperator<RateLimitSettings> change) {
    rateLimit = change.apply(rateLimit);
    return this;
  }

  /**
   * Changes what is done with cookies.
   *
   * @param change given the current settings
   * @return this
   */
  public SessionSettingsBuilder cookieJar(UnaryOperator<CookieJarSettings> change) {
    cookieJar = change.apply(cookieJar);
    return this;
  }

  /**
   * Changes which redirects are followed.
   *
   * @param change given the current settings
   * @return this
   */
  public SessionSettingsBuilder redirects(UnaryOperator<RedirectSettings> change) {
    redirects = change.apply(redirects);
    return this;
  }

  /**
   * Changes when a request is sent again.
   *
   * @param change given the current settings
   * @return this
   */
  public SessionSettingsBuilder retries(UnaryOperator<RetrySettings> change) {
    retries = change.apply(retries);
    return this;
  }

  /**
   * Sets whether compressed responses are asked for and decompressed.
   *
   * @param value whether they are
   * @return this
   */
  public SessionSettingsBuilder decompress(boolean value) {
    decompress = value;
    return this;
  }

  /**
   * Changes the bounds on memory.
   *
   * @param change given the current ones
   * @return this
   */
  public SessionSettingsBuilder limits(UnaryOperator<LimitSettings> change) {
    limits = change.apply(limits);
    return this;
  }

  /**
   * Changes whom the session trusts.
   *
   * @param change given the current settings
   * @return this
   */
  public SessionSettingsBuilder tls(UnaryOperator<TlsSettings> change) {
    tls = change.apply(tls);
    return this;
  }

  /**
   * Changes how the addresses of a host are found and tried.
   *
   * @param change given the current settings
   * @return this
   */
  public SessionSettingsBuilder dns(UnaryOperator<DnsSettings> change) {
    dns = change.apply(dns);
    return this;
  }

  /**
   * Changes the proxy that connections go through.
   *
   * @param change given the current settings
   * @return this
   */
  public SessionSettingsBuilder proxy(UnaryOperator<ProxySettings> change) {
    proxy = change.apply(proxy);
    return this;
  }

  /**
   * Sets the proxy that connections go through.
   *
   * @param url {@code http://}, {@code https://} or {@code socks5://} with host and port
   * @return this
   * @throws IllegalArgumentException if it is not a URI (RFC 3986)
   */
  public SessionSettingsBuilder proxy(String url) {
    return proxy(p -> p.withUrl(URI.create(url)));
  }

  /**
   * Changes where connections may lead.
   *
   * @param change given the current settings
   * @return this
   */
  public SessionSettingsBuilder egress(UnaryOperator<EgressSettings> change) {
    egress = change.apply(egress);
    return this;
  }

  /**
   * Sets the source address of connections.
   *
   * @param value an IP address of this machine
   * @return this
   */
  public SessionSettingsBuilder localAddress(String value) {
    localAddress = Optional.of(value);
    return this;
  }

  /**
   * Sets what is connected to instead of the host and port of a URL.
   *
   * @param value the path of a Unix domain socket
   * @return this
   */
  public SessionSettingsBuilder unixSocket(Path value) {
    unixSocket = Optional.of(value);
    return this;
  }

  /**
   * Sets what is logged of each exchange.
   *
   * @param value how much
   * @return this
   */
  public SessionSettingsBuilder log(LogDetail value) {
    log = value;
    return this;
  }

  /**
   * Changes what the application's health has to do with the session.
   *
   * @param change given the current settings
   * @return this
   */
  public SessionSettingsBuilder health(UnaryOperator<HealthSettings> change) {
    health = change.apply(health);
    return this;
  }

  /**
   * Changes whether the session is a template for tenants.
   *
   * @param change given the current settings
   * @return this
   */
  public SessionSettingsBuilder tenancy(UnaryOperator<TenancySettings> change) {
    tenancy = change.apply(tenancy);
    return this;
  }

  /**
   * Changes the settings of one tenant. The changes are applied when this builds, to the settings
   * that the session has then; of a tenant that has been changed before, to its own. What a tenant
   * has not changed of the settings that this builder started from follows the session.
   *
   * @param tenant the name of the tenant
   * @param change given a builder with the settings of the session, without tenancy
   * @return this
   */
  public SessionSettingsBuilder tenant(String tenant, Consumer<SessionSettingsBuilder> change) {
    tenants.merge(tenant, change, Consumer::andThen);
    return this;
  }

  /**
   * Checks and freezes what was collected.
   *
   * @return the settings
   * @throws InvalidSettingException if one of them cannot be used; those of a tenant are named
   *     {@code tenants.<tenant>.<setting>}
   */
  public SessionSettings build() {
    SessionSettings session = withoutTenants();
    Map<String, SessionSettings> all = new LinkedHashMap<>();
    before.ifPresent(
        old ->
            old.tenants()
                .forEach(
                    (tenant, own) ->
                        all.put(tenant, TenantSettings.following(tenant, own, old, session))));
    tenants.forEach(
        (tenant, change) -> {
          SessionSettings own = all.getOrDefault(tenant, TenantSettings.template(session));
          all.put(tenant, TenantSettings.changed(tenant, own, change));
        });
    return all.isEmpty() ? session : TenantSettings.with(session, all);
  }

  private SessionSettings withoutTenants() {
    return new SessionSettings(
        name,
        baseUrl,
        headers,
        headersAnywhere,
        query,
        cookies,
        userAgent,
        auth,
        raiseForStatus,
        httpVersion,
        timeout,
        pool,
        queue,
        priority,
        rateLimit,
        cookieJar,
        redirects,
        retries,
        decompress,
        limits,
        tls,
        dns,
        proxy,
        egress,
        localAddress,
        unixSocket,
        log,
        health,
        tenancy,
        Map.of());
  }
}
