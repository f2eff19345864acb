package org.sessionregistry.config;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.helidon.config.mp.MpConfigProviderResolver;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigBuilder;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.settings.SessionSettings;

/** The configuration of a test, to be read through an implementation of MicroProfile Config. */
final class Given {
  /** Who implements MicroProfile Config. */
  enum By {
    SMALLRYE,
    HELIDON,
    BOOK
  }

  private final By implementation;
  private final List<ConfigSource> sources = new ArrayList<>();
  private String profile = "prod";

  private Given(By implementation) {
    this.implementation = implementation;
  }

  static Given by(By implementation) {
    return new Given(implementation);
  }

  /** Key, value, key, value and so on in one file of the default ordinal. */
  static Given properties(String... keysAndValues) {
    return by(By.SMALLRYE).source("application.properties", 100, keysAndValues);
  }

  Given source(String name, int ordinal, String... keysAndValues) {
    sources.add(new Source(name, ordinal, pairs(keysAndValues), false));
    return this;
  }

  private static Map<String, String> pairs(String... keysAndValues) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      pairs.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return pairs;
  }

  /** Environment variables, through what the implementation has for them. */
  Given env(String... namesAndValues) {
    Map<String, String> variables = pairs(namesAndValues);
    sources.add(
        implementation == By.SMALLRYE
            ? new EnvConfigSource(variables, 300)
            : new Source("EnvConfigSource", 300, variables, true));
    return this;
  }

  Given profile(String active) {
    this.profile = active;
    return this;
  }

  ConfiguredRegistry read(String... injected) {
    return SessionConfig.read(config(), Set.of(injected));
  }

  SessionSettings session(String name, String... injected) {
    SessionSettings session = read(injected).sessions().get(name);
    if (session == null) {
      throw new AssertionError("no session " + name);
    }
    return session;
  }

  InvalidConfigurationException refusal(String... injected) {
    return catchThrowableOfType(InvalidConfigurationException.class, () -> read(injected));
  }

  /** The problems, a line each. */
  List<String> problems(String... injected) {
    return refusal(injected).problems().stream().map(Problem::toString).toList();
  }

  private Config config() {
    return switch (implementation) {
      case BOOK -> new BookConfig(sources, profile);
      case HELIDON -> helidon();
      case SMALLRYE ->
          new SmallRyeConfigBuilder()
              .addDefaultInterceptors()
              .withProfile(profile)
              .withSources(sources)
              .build();
    };
  }

  /** Its builder knows no profile but that of a property, and adds no source of its own. */
  private Config helidon() {
    List<ConfigSource> all = new ArrayList<>(sources);
    all.add(new Source("profile", 0, Map.of(Config.PROFILE, profile), false));
    ConfigBuilder builder = new MpConfigProviderResolver().getBuilder();
    return builder.withSources(all.toArray(ConfigSource[]::new)).build();
  }

  private record Source(String name, int ordinal, Map<String, String> values, boolean env)
      implements ConfigSource {
    @Override
    public Set<String> getPropertyNames() {
      return values.keySet();
    }

    @Override
    @SuppressWarnings("NullAway") // null when there is none, says the specification
    public @Nullable String getValue(String key) {
      if (env && !values.containsKey(key)) {
        String replaced = key.replaceAll("[^A-Za-z0-9]", "_");
        String exact = values.get(replaced);
        return exact == null ? values.get(replaced.toUpperCase(Locale.ROOT)) : exact;
      }
      return values.get(key);
    }

    @Override
    public String getName() {
      return name;
    }

    @Override
    public int getOrdinal() {
      return ordinal;
    }
  }
}
