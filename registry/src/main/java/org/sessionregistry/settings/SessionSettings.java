package org.sessionregistry.settings;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything one session is told. Its text form shows no value of a header, query parameter or
 * cookie, because credentials travel there.
 *
 * @param name the session's name
 * @param baseUrl where relative references of requests resolve
 * @param headers sent with every request to the origin of the base URL
 * @param headersAnywhere names of default headers that may go to other origins too
 * @param query added to every request to the origin of the base URL
 * @param cookies put into the jar at start, for the host of the base URL only
 * @param userAgent the {@code User-Agent} of requests that do not set one; empty sends none
 * @param auth who it says it is
 * @param raiseForStatus whether 4xx and 5xx fail the request
 * @param httpVersion which version of HTTP it speaks
 * @param timeout time limits
 * @param pool connection limits
 * @param queue limits on waiting
 * @param priority how soon requests are served that do not say it themselves
 * @param rateLimit how many requests are started in a period
 * @param cookieJar what is done with cookies
 * @param redirects which redirects are followed
 * @param retries when a request is sent again
 * @param decompress whether compressed responses are asked for and decompressed
 * @param limits bounds on memory
 * @param tls whom the session trusts
 * @param dns how the addresses of a host are found and tried
 * @param proxy the proxy that its connections go through
 * @param egress where its connections may lead
 * @param localAddress the source address of its connections, an IP address
 * @param unixSocket a Unix domain socket that is connected to instead of host and port
 * @param log what is logged of each exchange
 * @param health what the application's health has to do with it
 * @param tenancy whether the session is a template for tenants
 * @param tenants the complete settings of those tenants that differ from their session; without
 *     tenancy, and with the name of the session
 */
public record SessionSettings(
    String name,
    @Setting(
            "Absolute http or https URL; a request's relative reference resolves against it (RFC"
                + " 3986 section 5).")
        Optional<URI> baseUrl,
    @Setting(
            "headers.<Name>: sent with every request to the origin of base-url (to any origin when"
                + " there is none); a request's own value wins.")
        Map<String, String> headers,
    @Setting("Names of default headers that may be sent to other origins too, comma separated.")
        List<String> headersAnywhere,
    @Setting("query.<name>: added to every request to the origin of base-url.")
        Map<String, String> query,
    @Setting(
            value = "cookies.<name>: put into the jar at start, for the host of base-url only.",
            secret = true)
        Map<String, String> cookies,
    @Setting("User-Agent of requests that do not set one.") String userAgent,
    AuthSettings auth,
    @Setting(
            "Fail requests that are answered with 4xx or 5xx; the exception has status, headers and"
                + " the start of the body.")
        boolean raiseForStatus,
    @Setting(
            "Version of HTTP: 1.1, 2 (on http without asking the server first), or auto, which lets"
                + " an https server choose (ALPN) and is 1.1 on http.")
        HttpVersionPreference httpVersion,
    TimeoutSettings timeout,
    PoolSettings pool,
    QueueSettings queue,
    @Setting("How soon waiting requests are served: high, normal or low, in the ratio 16 : 4 : 1.")
        Priority priority,
    RateLimitSettings rateLimit,
    CookieJarSettings cookieJar,
    RedirectSettings redirects,
    RetrySettings retries,
    @Setting(
            "Ask for compressed responses (Accept-Encoding) and decompress them: gzip and deflate;"
                + " br and zstd when their library is present.")
        boolean decompress,
    LimitSettings limits,
    TlsSettings tls,
    DnsSettings dns,
    ProxySettings proxy,
    EgressSettings egress,
    @Setting(
            "IP address of this machine that connections start from; the system chooses unless it"
                + " is set. Hosts are then reached only at addresses of the same family.")
        Optional<String> localAddress,
    @Setting(
            "Path of a Unix domain socket that is connected to instead of the host and port of any"
                + " URL, which requests and certificates still name; no host is looked up.")
        Optional<Path> unixSocket,
    @Setting(
            "What is logged of each exchange, to the logger org.sessionregistry.log.<session>:"
                + " none, summary (one line at its end) or headers (those of requests and answers"
                + " too); credentials are always masked.")
        LogDetail log,
    HealthSettings health,
    TenancySettings tenancy,
    Map<String, SessionSettings> tenants) {

  /** The name of the session that is injected without a qualifier. */
  public static final String DEFAULT_NAME = "default";

  /** What {@code User-Agent} says unless it is set. */
  public static final String DEFAULT_USER_AGENT = "session-registry/" + Version.CURRENT;

  /** Refuses what no request could be sent with. */
  public SessionSettings {
    headers = Entries.copyOf(headers);
    headersAnywhere = List.copyOf(headersAnywhere);
    query = Entries.copyOf(query);
    cookies = Entries.copyOf(cookies);
    Check.name("name", name);
    baseUrl = baseUrl.map(InternationalUri::toAscii);
    baseUrl.ifPresent(SessionRules::baseUrl);
    SessionRules.headers(headers);
    SessionRules.headersAnywhere(headersAnywhere, headers);
    SessionRules.userAgent(userAgent);
    SessionRules.cookies(cookies, baseUrl, cookieJar);
    SessionRules.auth(auth, baseUrl, headers);
    SessionRules.warmUp(pool, baseUrl);
    SessionRules.sockets(localAddress, unixSocket);
    ProxyRules.unixSocket(unixSocket, proxy, egress);
    ProxyRules.credentialsInHeaders(headers, proxy);
    SessionRules.health(health, baseUrl);
    SessionRules.rateLimit(rateLimit);
    tenants = TenantSettings.copy(tenants);
    TenantRules.tenancy(tenancy, pool);
    TenantRules.tenants(name, tenancy, pool, queue, tenants);
  }

  /**
   * A session with every setting at its default.
   *
   * @param name the session's name
   * @return the settings
   */
  public static SessionSettings named(String name) {
    return builder(name).build();
  }

  /**
   * Starts from the defaults.
   *
   * @param name the session's name
   * @return a builder
   */
  public static SessionSettingsBuilder builder(String name) {
    return new SessionSettingsBuilder(name);
  }

  /**
   * Starts from these settings.
   *
   * @return a builder that holds a copy of them
   */
  public SessionSettingsBuilder toBuilder() {
    return new SessionSettingsBuilder(this);
  }

  /**
   * The settings of a tenant: its own, or those of this session where it has none. They have the
   * name of this session, no tenancy and no tenants. What a tenant does not change is the same
   * object as here.
   *
   * @param tenant the name of the tenant
   * @return the settings
   */
  public SessionSettings ofTenant(String tenant) {
    SessionSettings own = tenants.get(tenant);
    return own == null ? TenantSettings.template(this) : own;
  }

  @Override
  public String toString() {
    return "SessionSettings[name="
        + name
        + ", baseUrl="
        + baseUrl.map(URI::toString).orElse("none")
        + ", headers="
        + headers.keySet()
        + ", headersAnywhere="
        + headersAnywhere
        + ", query="
        + query.keySet()
        + ", cookies="
        + cookies.keySet()
        + ", userAgent="
        + userAgent
        + ", auth="
        + auth
        + ", raiseForStatus="
        + raiseForStatus
        + ", httpVersion="
        + httpVersion
        + ", timeout="
        + timeout
        + ", pool="
        + pool
        + ", queue="
        + queue
        + ", priority="
        + priority
        + ", rateLimit="
        + rateLimit
        + ", cookieJar="
        + cookieJar
        + ", redirects="
        + redirects
        + ", retries="
        + retries
        + ", decompress="
        + decompress
        + ", limits="
        + limits
        + ", tls="
        + tls
        + ", dns="
        + dns
        + ", proxy="
        + proxy
        + ", egress="
        + egress
        + ", localAddress="
        + localAddress.orElse("any")
        + ", unixSocket="
        + unixSocket.map(Path::toString).orElse("none")
        + ", log="
        + log
        + ", health="
        + health
        + ", tenancy="
        + tenancy
        + ", tenants="
        + tenants.keySet()
        + "]";
  }
}
