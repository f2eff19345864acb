package org.sessionregistry;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sessionregistry.cookie.CookieJar;
import org.sessionregistry.cookie.CookieStore;

/**
 * What an application adds to a session in code: objects, where settings are data. Immutable.
 *
 * @param aroundExchange stand around each exchange, the first one outermost
 * @param aroundAttempt stand around each attempt of an exchange, the first one outermost
 * @param listeners hear of every step
 * @param tokens gives the bearer's token, in place of {@code auth.token}
 * @param json writes and reads JSON, in place of JSON-B
 * @param cookieJar keeps the cookies, in place of a jar of the session's own
 * @param cookieStore where nodes share the cookies, in place of the cache {@code cookie-jar.cache}
 * @param tenants says on whose behalf a request is sent, for a template for tenants
 */
public record SessionHooks(
    List<Interceptor> aroundExchange,
    List<Interceptor> aroundAttempt,
    List<SessionListener> listeners,
    Optional<TokenSupplier> tokens,
    Optional<JsonCodec> json,
    Optional<CookieJar> cookieJar,
    Optional<CookieStore> cookieStore,
    Optional<TenantResolver> tenants) {

  /** Nothing. */
  public static final SessionHooks NONE =
      new SessionHooks(
          List.of(),
          List.of(),
          List.of(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  /** Copies the lists. */
  public SessionHooks {
    aroundExchange = List.copyOf(aroundExchange);
    aroundAttempt = List.copyOf(aroundAttempt);
    listeners = List.copyOf(listeners);
  }

  /**
   * Starts with nothing.
   *
   * @return a builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * These hooks and others: these interceptors stand around the others, these listeners hear first,
   * and of what a session can have one only, the others' wins.
   *
   * @param others the hooks that are added
   * @return both
   */
  public SessionHooks and(SessionHooks others) {
    return new SessionHooks(
        joined(aroundExchange, others.aroundExchange),
        joined(aroundAttempt, others.aroundAttempt),
        joined(listeners, others.listeners),
        others.tokens.or(() -> tokens),
        others.json.or(() -> json),
        others.cookieJar.or(() -> cookieJar),
        others.cookieStore.or(() -> cookieStore),
        others.tenants.or(() -> tenants));
  }

  private static <T> List<T> joined(List<T> first, List<T> then) {
    List<T> both = new ArrayList<>(first);
    both.addAll(then);
    return both;
  }

  /** Collects hooks. Not thread-safe. */
  public static final class Builder {
    private final List<Interceptor> aroundExchange = new ArrayList<>();
    private final List<Interceptor> aroundAttempt = new ArrayList<>();
    private final List<SessionListener> listeners = new ArrayList<>();
    private Optional<TokenSupplier> tokens = Optional.empty();
    private Optional<JsonCodec> json = Optional.empty();
    private Optional<CookieJar> cookieJar = Optional.empty();
    private Optional<CookieStore> cookieStore = Optional.empty();
    private Optional<TenantResolver> tenants = Optional.empty();

    private Builder() {}

    /**
     * Adds an interceptor around each exchange, within those that were added before.
     *
     * @param interceptor the interceptor
     * @return this
     */
    public Builder aroundExchange(Interceptor interceptor) {
      aroundExchange.add(interceptor);
      return this;
    }

    /**
     * Adds an interceptor around each attempt, within those that were added before.
     *
     * @param interceptor the interceptor
     * @return this
     */
    public Builder aroundAttempt(Interceptor interceptor) {
      aroundAttempt.add(interceptor);
      return this;
    }

    /**
     * Adds a listener.
     *
     * @param listener the listener
     * @return this
     */
    public Builder listener(SessionListener listener) {
      listeners.add(listener);
      return this;
    }

    /**
     * Sets who gives the bearer's token.
     *
     * @param supplier the supplier
     * @return this
     */
    public Builder tokens(TokenSupplier supplier) {
      tokens = Optional.of(supplier);
      return this;
    }

    /**
     * Sets what writes and reads JSON.
     *
     * @param codec the codec
     * @return this
     */
    public Builder json(JsonCodec codec) {
      json = Optional.of(codec);
      return this;
    }

    /**
     * Sets the jar that keeps the cookies: one that several sessions share, or one of the
     * application's own. It decides what it accepts, the {@code cookie-jar} settings do not; the
     * cookies that settings name are put into it when the session is opened. Its {@link
     * CookieJar#header} and {@link CookieJar#store} are called on event loops and must not block.
     *
     * @param jar the jar; refused when the session is opened if {@code cookie-jar} is none or
     *     shared
     * @return this
     */
    public Builder cookieJar(CookieJar jar) {
      cookieJar = Optional.of(jar);
      return this;
    }

    /**
     * Sets where the session keeps the cookies that it shares with other nodes, with {@code
     * cookie-jar=shared}: for example {@code JCacheCookieStore.over(cache)}. Several sessions may
     * use one store; each has its own cookies in it.
     *
     * @param store the store; refused when the session is opened if {@code cookie-jar} is not
     *     shared
     * @return this
     */
    public Builder cookieStore(CookieStore store) {
      cookieStore = Optional.of(store);
      return this;
    }

    /**
     * Sets who says on whose behalf a request is sent, for a session that is a template for
     * tenants.
     *
     * @param resolver the resolver; refused when the session is opened if {@code tenancy} is none
     * @return this
     */
    public Builder tenants(TenantResolver resolver) {
      tenants = Optional.of(resolver);
      return this;
    }

    /**
     * Freezes what was collected.
     *
     * @return the hooks
     */
    public SessionHooks build() {
      return new SessionHooks(
          aroundExchange, aroundAttempt, listeners, tokens, json, cookieJar, cookieStore, tenants);
    }
  }
}
