package org.sessionregistry.exchange;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.Link;
import org.sessionregistry.settings.PercentEncoding;

/**
 * Takes {@code Link} fields apart as RFC 8288 appendix B says: what cannot be read ends its field
 * or is left out, and nothing is thrown. One object for each field, not shared.
 */
final class LinkFields {
  private final String text;
  private final URI base;
  private int at;

  private LinkFields(String text, URI base) {
    this.text = text;
    this.base = base;
  }

  /** The links of all fields in their order. */
  static List<Link> parse(List<String> fields, URI base) {
    List<Link> links = new ArrayList<>();
    for (String field : fields) {
      new LinkFields(field, base).readAll(links);
    }
    return List.copyOf(links);
  }

  /** Appendix B.2. */
  private void readAll(List<Link> links) {
    while (true) {
      skip(" \t,");
      if (at == text.length() || text.charAt(at) != '<') {
        return;
      }
      int end = text.indexOf('>', at);
      if (end < 0) {
        return;
      }
      String target = text.substring(at + 1, end);
      at = end + 1;
      Map<String, String> parameters = readParameters();
      link(target, parameters).ifPresent(links::add);
    }
  }

  private Optional<Link> link(String target, Map<String, String> parameters) {
    String relations = parameters.remove("rel");
    String anchor = parameters.remove("anchor");
    String title = parameters.remove("title*");
    if (title != null) {
      parameters.put("title", title);
    }
    URI to = resolve(target);
    URI from = anchor == null ? base : resolve(anchor);
    if (to == null || from == null) {
      return Optional.empty();
    }
    String types = relations == null ? "" : relations.strip().toLowerCase(Locale.ROOT);
    return Optional.of(
        new Link(to, from, types.isEmpty() ? List.of() : List.of(types.split("\\s+")), parameters));
  }

  private @Nullable URI resolve(String reference) {
    try {
      return UriResolution.resolve(base, new URI(PercentEncoding.ofBytes(reference.strip())));
    } catch (URISyntaxException e) {
      return null; // such a link leads nowhere
    }
  }

  /** Appendix B.3; the first of a name counts (section 3.3). */
  private Map<String, String> readParameters() {
    Map<String, String> parameters = new LinkedHashMap<>();
    while (true) {
      skip(" \t");
      if (at == text.length() || text.charAt(at) != ';') {
        skipTo(","); // what stands there is no parameter
        return parameters;
      }
      at++;
      skip(" \t");
      int start = at;
      skipTo(" \t=;,");
      String name = text.substring(start, at).toLowerCase(Locale.ROOT);
      skip(" \t");
      String value = "";
      if (at < text.length() && text.charAt(at) == '=') {
        at++;
        skip(" \t");
        value = readValue();
      }
      String decoded = name.endsWith("*") ? ExtendedValue.decode(value) : value;
      if (decoded != null && !name.isEmpty()) {
        parameters.putIfAbsent(name, decoded);
      }
    }
  }

  private String readValue() {
    if (at < text.length() && text.charAt(at) == '"') {
      return readQuoted();
    }
    int start = at;
    skipTo(";,");
    return text.substring(start, at).strip();
  }

  /** Appendix B.4. */
  private String readQuoted() {
    StringBuilder value = new StringBuilder();
    for (at++; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '"') {
        at++;
        break;
      }
      if (c == '\\' && at + 1 < text.length()) {
        c = text.charAt(++at);
      }
      value.append(c);
    }
    return value.toString();
  }

  private void skip(String characters) {
    while (at < text.length() && characters.indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private void skipTo(String characters) {
    while (at < text.length() && characters.indexOf(text.charAt(at)) < 0) {
      at++;
    }
  }
}
