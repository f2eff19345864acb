package org.sessionregistry.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigValue;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.eclipse.microprofile.config.spi.Converter;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Config} that does what the book (MicroProfile Config 3.1) demands and nothing more: it
 * lists names as its sources have them, profiles included, and throws where an expression does not
 * resolve. The rule: it has nothing that only one implementation offers. For one thread.
 */
final class BookConfig implements Config {
  private static final Pattern EXPRESSION = Pattern.compile("\\$\\{([^}:]+)(?::([^}]*))?}");

  private final List<ConfigSource> sources;
  private final String profile;

  BookConfig(List<ConfigSource> sources, String profile) {
    this.sources = new ArrayList<>(sources);
    this.sources.sort(Comparator.comparingInt(ConfigSource::getOrdinal).reversed());
    this.profile = profile;
  }

  @Override
  public Iterable<String> getPropertyNames() {
    Set<String> names = new LinkedHashSet<>();
    sources.forEach(source -> names.addAll(source.getPropertyNames()));
    return names;
  }

  @Override
  public ConfigValue getConfigValue(String name) {
    if (name.equals(PROFILE)) {
      return new Value(name, profile, profile, "BookConfig", 0);
    }
    for (ConfigSource source : sources) {
      for (String key : List.of("%" + profile + "." + name, name)) {
        String raw = source.getValue(key);
        if (raw != null) {
          return new Value(name, expanded(raw), raw, source.getName(), source.getOrdinal());
        }
      }
    }
    return new Value(name, null, null, null, 0);
  }

  private String expanded(String raw) {
    Matcher matcher = EXPRESSION.matcher(raw);
    StringBuilder text = new StringBuilder();
    while (matcher.find()) {
      String value = getConfigValue(matcher.group(1)).getValue();
      String replacement = value == null ? matcher.group(2) : value;
      if (replacement == null) {
        throw new NoSuchElementException("no value for " + matcher.group(1));
      }
      matcher.appendReplacement(text, Matcher.quoteReplacement(replacement));
    }
    return matcher.appendTail(text).toString();
  }

  @Override
  public <T> T getValue(String name, Class<T> type) {
    return getOptionalValue(name, type).orElseThrow(() -> new NoSuchElementException(name));
  }

  @Override
  public <T> Optional<T> getOptionalValue(String name, Class<T> type) {
    return Optional.ofNullable(getConfigValue(name).getValue())
        .filter(text -> !text.isEmpty())
        .map(type::cast);
  }

  @Override
  public Iterable<ConfigSource> getConfigSources() {
    return sources;
  }

  @Override
  public <T> Optional<Converter<T>> getConverter(Class<T> type) {
    return Optional.empty();
  }

  @Override
  public <T> T unwrap(Class<T> type) {
    throw new IllegalArgumentException();
  }

  private record Value(
      String name,
      @Nullable String value,
      @Nullable String rawValue,
      @Nullable String sourceName,
      int ordinal)
      implements ConfigValue {
    @Override
    public String getName() {
      return name;
    }

    @Override
    @SuppressWarnings("NullAway") // null when there is none, says the specification
    public String getValue() {
      return value;
    }

    @Override
    @SuppressWarnings("NullAway")
    public String getRawValue() {
      return rawValue;
    }

    @Override
    @SuppressWarnings("NullAway")
    public String getSourceName() {
      return sourceName;
    }

    @Override
    public int getSourceOrdinal() {
      return ordinal;
    }
  }
}
