package org.sessionregistry.containers;

import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A web archive with the beans of a package of {@code src/main}, what they need of this project,
 * and a configuration of its own. Immutable.
 *
 * @param beans the package's last name
 */
record Application(String name, String beans, Map<String, String> settings, List<Path> libraries) {
  Application {
    settings = Map.copyOf(settings);
    libraries = List.copyOf(libraries);
  }

  static Application named(String name) {
    return of(name, "app");
  }

  /** One with a typed client, and the classes that it needs. */
  static Application withTypedClient(String name) {
    return of(name, "typed");
  }

  private static Application of(String name, String beans) {
    return new Application(
        name, beans, Map.of(), List.of(Path.of(System.getProperty("application.libraries"))));
  }

  Application with(String key, String value) {
    Map<String, String> more = new LinkedHashMap<>(settings);
    more.put(key, value);
    return new Application(name, beans, more, libraries);
  }

  /** With the jars of one more directory. */
  Application withLibraries(Path directory) {
    List<Path> more = new ArrayList<>(libraries);
    more.add(directory);
    return new Application(name, beans, settings, more);
  }

  /** Writes the archive. */
  Path writeTo(Path directory) throws IOException {
    Path file = directory.resolve(name + ".war");
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      Path classes = Path.of(System.getProperty("application.classes"));
      for (Path each : files(classes.resolve("org/sessionregistry/containers").resolve(beans))) {
        copy(
            zip, "WEB-INF/classes/" + classes.relativize(each).toString().replace('\\', '/'), each);
      }
      for (Path library : libraries) {
        for (Path each : files(library)) {
          copy(zip, "WEB-INF/lib/" + each.getFileName(), each);
        }
      }
      text(zip, "WEB-INF/classes/META-INF/microprofile-config.properties", properties());
      text(
          zip,
          "WEB-INF/beans.xml",
          "<beans xmlns='https://jakarta.ee/xml/ns/jakartaee' version='3.0'"
              + " bean-discovery-mode='annotated'/>");
    }
    return file;
  }

  private String properties() {
    Properties properties = new Properties();
    properties.putAll(settings);
    StringWriter text = new StringWriter();
    try {
      properties.store(text, null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static void copy(ZipOutputStream zip, String name, Path file) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    Files.copy(file, zip);
    zip.closeEntry();
  }

  private static void text(ZipOutputStream zip, String name, String text) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(text.getBytes(StandardCharsets.UTF_8));
    zip.closeEntry();
  }
}
