package org.sessionregistry.config;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/**
 * A properties file outside of the application, for whoever operates it: the system property
 * {@value #PROPERTY} or the environment variable {@value #VARIABLE} says where it is. Each reload
 * reads it again, which the sources that come with an implementation of MicroProfile Config often
 * do not.
 *
 * <p>The rule: a reading sees one version of the file. It is read when its names are asked for,
 * with which every reading of a configuration begins. Without the property there is no such file.
 * Its ordinal is {@value #DEFAULT_ORDINAL_OF_FILE}, above the application's own file and below the
 * environment, unless {@code config_ordinal} in the file says otherwise. UTF-8. Thread-safe.
 */
public final class SessionFile implements ConfigSource {
  /** The system property with the file's path. */
  public static final String PROPERTY = "session-registry.config-file";

  /** The environment variable with the file's path. */
  public static final String VARIABLE = "SESSION_REGISTRY_CONFIG_FILE";

  private static final int DEFAULT_ORDINAL_OF_FILE = 250;

  private final @Nullable Path file;
  private volatile Map<String, String> properties = Map.of();

  /** Made by the implementation of MicroProfile Config. */
  public SessionFile() {
    this(
        Optional.ofNullable(System.getProperty(PROPERTY))
            .or(() -> Optional.ofNullable(System.getenv(VARIABLE)))
            .filter(path -> !path.isBlank())
            .map(Path::of)
            .orElse(null));
  }

  SessionFile(@Nullable Path file) {
    this.file = file;
    read();
  }

  private void read() {
    if (file == null) {
      return;
    }
    Properties read = new Properties();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      read.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw new UncheckedIOException(
          "the file of " + PROPERTY + " (" + VARIABLE + ") cannot be read: " + file,
          e instanceof IOException io ? io : new IOException(e));
    }
    Map<String, String> found = new TreeMap<>();
    read.stringPropertyNames().forEach(name -> found.put(name, read.getProperty(name)));
    properties = found;
  }

  @Override
  public Set<String> getPropertyNames() {
    read();
    return properties.keySet();
  }

  @Override
  public Map<String, String> getProperties() {
    read();
    return properties;
  }

  @Override
  public @Nullable String getValue(String name) {
    return properties.get(name);
  }

  @Override
  public int getOrdinal() {
    String ordinal = properties.get(CONFIG_ORDINAL);
    return ordinal == null ? DEFAULT_ORDINAL_OF_FILE : Integer.parseInt(ordinal.strip());
  }

  @Override
  public String getName() {
    return file == null ? "no " + PROPERTY : file.toString();
  }
}
