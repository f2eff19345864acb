package org.sessionregistry.servers.readme;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The examples of a document, and the marked parts of sources that they are word for word. */
final class Snippets {
  private static final Path MODULE = Path.of(System.getProperty("basedir", ""));
  private static final Path ROOT = MODULE.resolve("../..");
  private static final Path SOURCES =
      MODULE.resolve("src/test/java/org/sessionregistry/servers/readme");

  private Snippets() {}

  static String document(String path) throws IOException {
    return Files.readString(ROOT.resolve(path));
  }

  /** The blocks of one language, in their order. */
  static List<String> blocks(String document, String language) throws IOException {
    return Pattern.compile("(?s)```" + language + "\\n(.*?)```")
        .matcher(document(document))
        .results()
        .map((MatchResult block) -> block.group(1))
        .toList();
  }

  /** What follows the marker, without the indentation of its first line and what closes around. */
  static String snippet(String file, String marker) throws IOException {
    String source = Files.readString(SOURCES.resolve(file));
    String comment = "// " + marker + "\n";
    String marked = source.substring(source.indexOf(comment) + comment.length());
    String indent = marked.substring(0, marked.length() - marked.stripLeading().length());
    StringBuilder snippet = new StringBuilder();
    for (String line : marked.lines().toList()) {
      if (!line.isEmpty() && !line.startsWith(indent)) {
        break;
      }
      snippet.append(line.isEmpty() ? line : line.substring(indent.length())).append('\n');
    }
    return snippet.toString();
  }
}
