package org.sessionregistry;

import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A link that a response names (RFC 8288 section 2). Immutable, for any thread.
 *
 * @param target where it leads, absolute
 * @param context what it starts from: the response's URI, or another that {@code anchor} names
 * @param relations how they are related, in lower case as they are compared; {@code next}, for
 *     example
 * @param parameters the other target attributes, names in lower case, the first value of each; what
 *     {@code title*} says takes the place of {@code title} (RFC 8187)
 */
public record Link(
    URI target, URI context, List<String> relations, Map<String, String> parameters) {
  /** Takes copies. */
  public Link {
    relations = List.copyOf(relations);
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
  }

  /**
   * Whether the link is of a relation type.
   *
   * @param relation the type, in any case (RFC 8288 section 2.1)
   * @return true if it is among its relations
   */
  public boolean is(String relation) {
    return relations.stream().anyMatch(relation::equalsIgnoreCase);
  }

  /**
   * A target attribute.
   *
   * @param name for example {@code title}, {@code type} or {@code hreflang}
   * @return its value, or empty
   */
  public Optional<String> parameter(String name) {
    return Optional.ofNullable(parameters.get(name.toLowerCase(Locale.ROOT)));
  }
}
