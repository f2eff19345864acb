package org.sessionregistry.config.cli;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigBuilder;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.config.ConfiguredRegistry;
import org.sessionregistry.config.SessionConfig;
import picocli.CommandLine.Option;

/**
 * What is read, and how. The rule: files are read as the application's MicroProfile Config would,
 * and the machine's environment only when that was asked for. Confined to the thread of the
 * command.
 */
final class SettingsFiles {
  private static final int ORDINAL = 100;

  @Option(
      names = {"-f", "--file"},
      required = true,
      paramLabel = "FILE",
      description =
          "A properties file; may be repeated. A later file wins over those before it, unless their"
              + " config_ordinal says otherwise.")
  private List<Path> files = List.of();

  @Option(
      names = {"-e", "--environment"},
      description = "Read environment variables and system properties, too.")
  private boolean environment;

  @Option(
      names = {"-p", "--profile"},
      paramLabel = "NAME",
      description = "The profile that is active (mp.config.profile), such as dev or prod.")
  private Optional<String> profile = Optional.empty();

  @Option(
      names = {"-i", "--injected"},
      paramLabel = "SESSION",
      description =
          "A session that the application injects; may be repeated. Needed for those that only"
              + " environment variables configure.")
  private List<String> injected = List.of();

  /** The settings; throws what the deployment would throw. */
  ConfiguredRegistry read() {
    return SessionConfig.read(config(), Set.copyOf(injected));
  }

  private Config config() {
    List<ConfigSource> sources = new ArrayList<>();
    for (Path file : files) {
      sources.add(new File(file.toString(), load(file), ORDINAL + sources.size()));
    }
    profile.ifPresent(name -> sources.add(new File("--profile", profile(name), Integer.MAX_VALUE)));
    ConfigBuilder builder = ConfigProviderResolver.instance().getBuilder();
    if (environment) {
      builder.addDefaultSources();
    }
    return builder.withSources(sources.toArray(ConfigSource[]::new)).build();
  }

  private static Properties profile(String name) {
    Properties properties = new Properties();
    properties.setProperty(Config.PROFILE, name);
    return properties;
  }

  private static Properties load(Path file) {
    Properties properties = new Properties();
    try (Reader text = Files.newBufferedReader(file)) {
      properties.load(text);
      return properties;
    } catch (IOException | IllegalArgumentException e) {
      throw new Unanswered(file + " cannot be read as a properties file: " + e);
    }
  }

  /** One file. */
  private record File(String name, Properties properties, int position) implements ConfigSource {
    @Override
    public Set<String> getPropertyNames() {
      return properties.stringPropertyNames();
    }

    @Override
    @SuppressWarnings("NullAway") // null when there is none, says the specification
    public @Nullable String getValue(String key) {
      return properties.getProperty(key);
    }

    @Override
    public String getName() {
      return name;
    }

    @Override
    public int getOrdinal() {
      String own = properties.getProperty(CONFIG_ORDINAL, "");
      return own.matches("-?\\d{1,9}") ? Integer.parseInt(own) : position;
    }
  }
}
