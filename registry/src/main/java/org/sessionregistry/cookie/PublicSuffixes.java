package org.sessionregistry.cookie;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The domains under which anyone may register a name: {@code com}, {@code co.uk}, {@code
 * github.io}; both sections of the Public Suffix List (publicsuffix.org/list), read from the
 * resource beside this class.
 *
 * <p>Never broken: it is read at most once, and not before it is asked for. Domains and rules are
 * compared in their ASCII form.
 *
 * <p>Immutable, for any thread.
 */
final class PublicSuffixes {
  private static final String RESOURCE = "public_suffix_list.dat";

  /** {@code com} in the list: com itself. */
  private final Set<String> exact;

  /** {@code *.ck} in the list: every domain directly under ck. */
  private final Set<String> below;

  /** {@code !www.ck} in the list: not this one, although {@code *.ck}. */
  private final Set<String> except;

  private PublicSuffixes(List<String> exact, List<String> below, List<String> except) {
    this.exact = Set.copyOf(exact);
    this.below = Set.copyOf(below);
    this.except = Set.copyOf(except);
  }

  static PublicSuffixes get() {
    return Shipped.LIST;
  }

  /**
   * Whether {@code domain}, canonical, is a public suffix as a whole. A name without a dot is one
   * even when no rule names it: the list's default rule is {@code *}.
   */
  boolean contains(String domain) {
    String name = domain.endsWith(".") ? domain.substring(0, domain.length() - 1) : domain;
    if (except.contains(name)) {
      return false;
    }
    int dot = name.indexOf('.');
    return dot < 0 || exact.contains(name) || below.contains(name.substring(dot + 1));
  }

  /** Reads a list: one rule per line up to the first white space, {@code //} begins a comment. */
  static PublicSuffixes read(BufferedReader lines) throws IOException {
    List<String> exact = new ArrayList<>(10_000);
    List<String> below = new ArrayList<>();
    List<String> except = new ArrayList<>();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      String rule = rule(line);
      if (rule.startsWith("*.")) {
        below.add(ascii(rule.substring(2)));
      } else if (rule.startsWith("!")) {
        except.add(ascii(rule.substring(1)));
      } else if (!rule.isEmpty()) {
        exact.add(ascii(rule));
      }
    }
    return new PublicSuffixes(exact, below, except);
  }

  private static String rule(String line) {
    if (line.startsWith("//")) {
      return "";
    }
    int end = 0;
    while (end < line.length() && line.charAt(end) > ' ') {
      end++;
    }
    return line.substring(0, end);
  }

  private static String ascii(String rule) {
    for (int i = 0; i < rule.length(); i++) {
      if (rule.charAt(i) > 0x7F) {
        return IDN.toASCII(rule, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
      }
    }
    return rule.toLowerCase(Locale.ROOT);
  }

  private static PublicSuffixes shipped() {
    try (InputStream in = PublicSuffixes.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException(RESOURCE + " is missing beside " + PublicSuffixes.class);
      }
      return read(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + RESOURCE, e);
    }
  }

  private static final class Shipped {
    static final PublicSuffixes LIST = shipped();
  }
}
