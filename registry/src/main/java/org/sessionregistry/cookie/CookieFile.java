package org.sessionregistry.cookie;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A saved jar: text in UTF-8, a first line that names the format, then a line per cookie ({@link
 * CookieLine}). Empty lines and lines that begin with {@code #} are skipped.
 *
 * <p>Never broken: a file is written beside its place, for its owner alone, and moved there when it
 * is complete; an error names the line and never shows it.
 *
 * <p>Stateless, for any thread.
 */
final class CookieFile {
  static final String FIRST_LINE = "# session-registry cookies 1";

  private CookieFile() {}

  static void write(List<Cookie> cookies, CookieJar.Keep keep, Writer out) throws IOException {
    out.write(FIRST_LINE + '\n');
    for (Cookie cookie : cookies) {
      if (keep == CookieJar.Keep.ALL || cookie.persistent()) {
        out.write(CookieLine.format(cookie) + '\n');
      }
    }
    out.flush();
  }

  static void write(List<Cookie> cookies, CookieJar.Keep keep, Path file) throws IOException {
    Path target = file.toAbsolutePath();
    // createTempFile makes a file that nobody but the owner can open
    Path draft = Files.createTempFile(target.getParent(), ".cookies", ".tmp");
    try {
      try (Writer out = Files.newBufferedWriter(draft, UTF_8)) {
        write(cookies, keep, out);
      }
      move(draft, target);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private static void move(Path draft, Path target) throws IOException {
    try {
      Files.move(draft, target, ATOMIC_MOVE, REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException plainFileSystem) {
      Files.move(draft, target, REPLACE_EXISTING);
    }
  }

  static Reader open(Path file) throws IOException {
    return Files.newBufferedReader(file, UTF_8);
  }

  static List<Cookie> read(Reader in) throws IOException {
    BufferedReader lines = new BufferedReader(in);
    if (!FIRST_LINE.equals(lines.readLine())) {
      throw new IOException("not a saved cookie jar: the first line is not " + FIRST_LINE);
    }
    List<Cookie> cookies = new ArrayList<>();
    int number = 2;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (!line.isEmpty() && line.charAt(0) != '#') {
        cookies.add(cookie(line, number));
      }
      number++;
    }
    return cookies;
  }

  private static Cookie cookie(String line, int number) throws IOException {
    try {
      return CookieLine.parse(line);
    } catch (IllegalArgumentException | java.time.DateTimeException e) {
      // without the cause: the message of a failed parse may show a part of the line
      throw new IOException("saved cookie jar, line " + number + ": not a cookie");
    }
  }
}
