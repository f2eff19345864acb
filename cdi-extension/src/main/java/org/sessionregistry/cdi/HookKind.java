package org.sessionregistry.cdi;

import java.lang.reflect.Type;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.sessionregistry.Interceptor;
import org.sessionregistry.JsonCodec;
import org.sessionregistry.SessionHooks;
import org.sessionregistry.SessionListener;
import org.sessionregistry.TenantResolver;
import org.sessionregistry.TokenSupplier;
import org.sessionregistry.cookie.CookieJar;
import org.sessionregistry.cookie.CookieStore;
import org.sessionregistry.settings.AuthType;
import org.sessionregistry.settings.CookieJarType;
import org.sessionregistry.settings.SessionSettings;
import org.sessionregistry.settings.TenancyType;

/**
 * What a bean can add to a session. Types are known by name only, so that an API which is not there
 * is not missed. Immutable; any thread.
 */
enum HookKind {
  EXCHANGE_INTERCEPTOR("interceptor", Interceptor.class.getName(), true) {
    @Override
    void add(SessionHooks.Builder hooks, Object hook) {
      hooks.aroundExchange((Interceptor) hook);
    }
  },
  ATTEMPT_INTERCEPTOR("interceptor", Interceptor.class.getName(), true) {
    @Override
    void add(SessionHooks.Builder hooks, Object hook) {
      hooks.aroundAttempt((Interceptor) hook);
    }
  },
  LISTENER("listener", SessionListener.class.getName(), true) {
    @Override
    void add(SessionHooks.Builder hooks, Object hook) {
      hooks.listener((SessionListener) hook);
    }
  },
  TOKENS("token supplier", TokenSupplier.class.getName(), false) {
    @Override
    void add(SessionHooks.Builder hooks, Object hook) {
      hooks.tokens((TokenSupplier) hook);
    }

    @Override
    Optional<String> misses(SessionSettings session) {
      AuthType type = session.auth().type();
      if (type == AuthType.BASIC || type == AuthType.DIGEST) {
        return Optional.of("auth.type must be bearer or none");
      }
      if (session.baseUrl().isEmpty()) {
        return Optional.of("base-url must be set, tokens are sent to its origin only");
      }
      return session.headers().keySet().stream().anyMatch("Authorization"::equalsIgnoreCase)
          ? Optional.of("headers.Authorization must not be set")
          : Optional.empty();
    }
  },
  JSON("JSON codec", JsonCodec.class.getName(), false) {
    @Override
    void add(SessionHooks.Builder hooks, Object hook) {
      hooks.json((JsonCodec) hook);
    }
  },
  JSON_BINDING("JSON-B", "jakarta.json.bind.Jsonb", false) {
    @Override
    void add(SessionHooks.Builder hooks, Object hook) {
      hooks.json(JsonBindingCodec.over(hook));
    }
  },
  COOKIE_JAR("cookie jar", CookieJar.class.getName(), false) {
    @Override
    void add(SessionHooks.Builder hooks, Object hook) {
      hooks.cookieJar((CookieJar) hook);
    }

    @Override
    Optional<String> misses(SessionSettings session) {
      return session.cookieJar().type() == CookieJarType.MEMORY
          ? Optional.empty()
          : Optional.of("cookie-jar must be memory");
    }
  },
  COOKIE_STORE("cookie store", CookieStore.class.getName(), false) {
    @Override
    void add(SessionHooks.Builder hooks, Object hook) {
      hooks.cookieStore((CookieStore) hook);
    }

    @Override
    Optional<String> misses(SessionSettings session) {
      return session.cookieJar().type() == CookieJarType.SHARED
          ? Optional.empty()
          : Optional.of("cookie-jar must be shared");
    }
  },
  TENANTS("tenant resolver", TenantResolver.class.getName(), false) {
    @Override
    void add(SessionHooks.Builder hooks, Object hook) {
      hooks.tenants((TenantResolver) hook);
    }

    @Override
    Optional<String> misses(SessionSettings session) {
      return session.tenancy().type() == TenancyType.NONE
          ? Optional.of("tenancy must be required or optional")
          : Optional.empty();
    }
  };

  private final String noun;
  private final String typeName;
  private final boolean several;

  HookKind(String noun, String typeName, boolean several) {
    this.noun = noun;
    this.typeName = typeName;
    this.several = several;
  }

  /**
   * What a bean can add that has these types.
   *
   * @param aroundAttempt where it stands if it is an interceptor
   */
  static Set<HookKind> of(Collection<String> typeNames, boolean aroundAttempt) {
    Set<HookKind> kinds = EnumSet.noneOf(HookKind.class);
    for (HookKind kind : values()) {
      if (typeNames.contains(kind.typeName)) {
        kinds.add(kind);
      }
    }
    kinds.remove(aroundAttempt ? EXCHANGE_INTERCEPTOR : ATTEMPT_INTERCEPTOR);
    return kinds;
  }

  /** Gives a bean's instance to a session. */
  abstract void add(SessionHooks.Builder hooks, Object hook);

  /** What keeps a session from having one, as a demand on its settings; empty if nothing does. */
  Optional<String> misses(SessionSettings session) {
    return Optional.empty();
  }

  /** Whether a session can have more than one. */
  boolean several() {
    return several;
  }

  boolean isType(Type type) {
    return type.getTypeName().equals(typeName);
  }

  @Override
  public String toString() {
    return noun;
  }
}
