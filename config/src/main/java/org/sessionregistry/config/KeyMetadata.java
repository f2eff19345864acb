package org.sessionregistry.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The reference of all keys for editors, in the JSON format that Spring's tools and those of
 * MicroProfile (LSP4MP) have in common: names, types, defaults, meanings and the words that a
 * setting takes. Names that users choose stand there as {@code {*}}. The rule: everything comes
 * from the records, as in {@link KeyReference}. Stateless, for any thread.
 */
public final class KeyMetadata {
  private static final String NAME = "{*}";

  private KeyMetadata() {}

  /**
   * Writes the metadata.
   *
   * @return JSON with a property for each setting of each root, and hints for those that take words
   */
  public static String json() {
    List<String> properties = new ArrayList<>();
    List<String> hints = new ArrayList<>();
    for (Root root : Root.values()) {
      for (SettingKey setting : root.keys().all()) {
        String name = prefix(root) + setting.keyOf(NAME);
        properties.add(property(name, root, setting));
        if (setting.type() instanceof Words words) {
          hints.add(hint(name, words));
        }
      }
    }
    return "{\n  \"properties\": [\n"
        + String.join(",\n", properties)
        + "\n  ],\n  \"hints\": [\n"
        + String.join(",\n", hints)
        + "\n  ]\n}\n";
  }

  private static String prefix(Root root) {
    return switch (root) {
      case SESSION, POOL -> root.prefixOf(NAME);
      case TENANT -> Root.prefixOfTenant(NAME, NAME);
      case DEFAULTS, REGISTRY -> root.prefix();
    };
  }

  private static String property(String name, Root root, SettingKey setting) {
    StringBuilder json = new StringBuilder("    {");
    member(json, "name", name);
    member(json.append(", "), "type", type(root, setting));
    String byDefault = KeyReference.defaultOf(root, setting);
    if (!byDefault.isEmpty()) {
      member(json.append(", "), "defaultValue", byDefault);
    }
    member(json.append(", "), "description", KeyReference.meaning(setting));
    return json.append('}').toString();
  }

  private static String hint(String name, Words words) {
    List<String> values = new ArrayList<>();
    for (String word : words.all()) {
      values.add(member(new StringBuilder("{"), "value", word).append('}').toString());
    }
    return member(new StringBuilder("    {"), "name", name)
        .append(", \"values\": [")
        .append(String.join(", ", values))
        .append("]}")
        .toString();
  }

  private static String type(Root root, SettingKey setting) {
    Object value = setting.map() ? "" : setting.path().get(root.keys().defaults());
    if (value instanceof Boolean) {
      return "java.lang.Boolean";
    } else if (value instanceof Integer) {
      return "java.lang.Integer";
    } else if (value instanceof Duration) {
      return "java.time.Duration";
    } else if (value instanceof List) {
      return "java.util.List<java.lang.String>";
    }
    return "java.lang.String";
  }

  private static StringBuilder member(StringBuilder json, String key, String value) {
    json.append('"').append(key).append("\": \"");
    value
        .codePoints()
        .forEach(
            c -> {
              if (c == '"' || c == '\\') {
                json.append('\\').appendCodePoint(c);
              } else if (c < ' ') {
                json.append("\\u%04x".formatted(c));
              } else {
                json.appendCodePoint(c);
              }
            });
    return json.append('"');
  }
}
