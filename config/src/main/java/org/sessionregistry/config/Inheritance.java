package org.sessionregistry.config;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a session takes over: from those that it extends, the nearest first, then what is set for
 * all sessions. The rule: credentials stay with the URL that they are for. What is meant for the
 * origin of a {@code base-url} or for a proxy is taken over only as long as every session on the
 * way has the same one. Confined to the thread that reads.
 */
final class Inheritance {
  private static final String HEADERS = "headers";
  private static final String HEADERS_ANYWHERE = "headers-anywhere";

  private final Map<String, Generation> sessions;
  private final Ancestry ancestry;
  private final Generation defaults;

  Inheritance(Map<String, Generation> sessions, Ancestry ancestry, Generation defaults) {
    this.sessions = sessions;
    this.ancestry = ancestry;
    this.defaults = defaults;
  }

  /** What a session takes over, the nearest generation first. */
  List<Generation> of(String name) {
    List<Generation> all = new ArrayList<>();
    all.add(own(name));
    ancestry.of(name).forEach(ancestor -> all.add(own(ancestor).extended()));
    all.add(defaults);
    return withoutForeignCredentials(all);
  }

  private Generation own(String name) {
    return sessions.getOrDefault(name, Generation.NONE);
  }

  private static List<Generation> withoutForeignCredentials(List<Generation> all) {
    List<Generation> inherited = new ArrayList<>();
    Set<String> foreign = new HashSet<>();
    Set<String> here = new HashSet<>();
    for (int i = 1; i < all.size() - 1; i++) {
      foreign.addAll(foreignUrls(all, i));
      Generation kept = all.get(i).without(a -> EntryRules.isBoundTo(a, foreign));
      here.addAll(headers(kept));
      inherited.add(kept);
    }
    Generation forAll = all.get(all.size() - 1);
    here.addAll(headers(forAll));
    inherited.replaceAll(generation -> withHeadersAnywhere(generation, all, here));
    inherited.add(forAll);
    return inherited;
  }

  /** The keys of the URLs in which a session differs from its ancestor. */
  private static Set<String> foreignUrls(List<Generation> all, int ancestor) {
    Set<String> different = new HashSet<>();
    for (String key : EntryRules.URLS_OF_CREDENTIALS) {
      Optional<String> own = url(all, key);
      if (!own.equals(url(all.subList(ancestor, all.size()), key))) {
        different.add(key);
      }
    }
    return different;
  }

  /** A URL in its usual spelling (RFC 3986 section 6.2.3). */
  private static Optional<String> url(List<Generation> generations, String key) {
    return Generation.nearest(generations, key).map(a -> usual(a.found().text().strip()));
  }

  private static String usual(String text) {
    try {
      URI url = URI.create(text);
      String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
      String host = String.valueOf(url.getHost()).toLowerCase(Locale.ROOT);
      int standard = scheme.equals("https") ? 443 : scheme.equals("http") ? 80 : -1;
      int port = url.getPort() == standard ? -1 : url.getPort();
      String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
      return url.getHost() == null ? text : scheme + "://" + host + ':' + port + path;
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  /**
   * {@code headers-anywhere} without the headers that were left behind; one of the same name that
   * the session sets itself was not meant.
   */
  private static Generation withHeadersAnywhere(
      Generation generation, List<Generation> all, Set<String> here) {
    Set<String> behind = new HashSet<>();
    all.subList(1, all.size()).forEach(each -> behind.addAll(headers(each)));
    behind.removeAll(here);
    if (behind.isEmpty()) {
      return generation;
    }
    return new Generation(
        generation.origin(),
        generation.assignments().stream()
            .map(a -> a.name().equals(HEADERS_ANYWHERE) ? without(a, behind) : a)
            .toList());
  }

  private static Assignment without(Assignment headersAnywhere, Set<String> behind) {
    Lists type = new Lists();
    List<String> left =
        type.parse(headersAnywhere.found().text()).stream()
            .filter(header -> !behind.contains(header.toLowerCase(Locale.ROOT)))
            .toList();
    return headersAnywhere.withText(type.format(left));
  }

  private static Set<String> headers(Generation generation) {
    Set<String> names = new HashSet<>();
    for (Assignment assignment : generation.assignments()) {
      if (assignment.setting().key().equals(HEADERS)) {
        names.add(assignment.entry().toLowerCase(Locale.ROOT));
      }
    }
    return names;
  }
}
