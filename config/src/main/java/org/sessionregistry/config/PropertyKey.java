package org.sessionregistry.config;

import java.util.Optional;
import org.sessionregistry.settings.InvalidSettingException;
import org.sessionregistry.settings.SessionSettings;

/**
 * The name of a property, taken apart. The rule: every name that begins like one of the roots is
 * either a setting under it, known or not, or malformed; it is never passed over. Names of
 * environment variables do not begin so. Immutable.
 */
sealed interface PropertyKey {

  /** The whole name. */
  String key();

  /**
   * A key that is well formed; whether its setting exists is another question.
   *
   * @param prefix everything before the setting, as it was written
   * @param session the session's name, empty for the other roots
   * @param setting relative to the prefix
   */
  record Named(String key, Root root, String prefix, String session, String setting)
      implements PropertyKey {}

  /**
   * A key that nobody can have meant so.
   *
   * @param description what is wrong with it
   * @param suggestion what was probably meant
   */
  record Malformed(String key, String description, Optional<String> suggestion)
      implements PropertyKey {}

  /** Takes a name apart; nothing if it is not one of ours. */
  static Optional<PropertyKey> parse(String key) {
    int dot = key.indexOf('.');
    String first = dot < 0 ? key : key.substring(0, dot);
    String rest = dot < 0 ? "" : key.substring(dot + 1);
    for (Root root : Root.values()) {
      if (first.equals(root.text())) {
        return Optional.of(
            root == Root.SESSION
                ? ofSession(key, rest)
                : new Named(key, root, root.prefix(), "", rest));
      }
    }
    Optional<String> suggestion = Suggestions.root(first).map(root -> root.prefix() + rest);
    return suggestion.isPresent() || first.startsWith(Root.SESSION.text() + '-')
        ? Optional.of(new Malformed(key, ConfigMessages.NO_SUCH_ROOT, suggestion))
        : Optional.empty();
  }

  private static PropertyKey ofSession(String key, String rest) {
    int quote = rest.indexOf('"', 1);
    boolean quoted = rest.startsWith("\"");
    int end = quoted ? quote + 1 : rest.indexOf('.');
    if (quoted && (quote < 0 || (end < rest.length() && rest.charAt(end) != '.'))) {
      return new Malformed(key, ConfigMessages.QUOTES, Optional.empty());
    }
    String written = end < 0 ? rest : rest.substring(0, end);
    String name = quoted ? rest.substring(1, quote) : written;
    String setting = end < 0 || end == rest.length() ? "" : rest.substring(end + 1);
    return wrongName(name)
        .<PropertyKey>map(wrong -> new Malformed(key, wrong, Optional.empty()))
        .orElseGet(() -> ofSession(key, rest, written, name, setting));
  }

  private static PropertyKey ofSession(
      String key, String rest, String written, String name, String setting) {
    Optional<String> forgotten =
        Root.SESSION.keys().find(setting).isPresent()
            ? Optional.empty()
            : Suggestions.withSessionName(rest);
    if (forgotten.isPresent()) {
      return new Malformed(key, ConfigMessages.NAME_FORGOTTEN, forgotten);
    }
    if (setting.isEmpty()) {
      return new Malformed(key, ConfigMessages.NO_SETTING, Optional.empty());
    }
    String prefix = Root.SESSION.prefix() + written + '.';
    return new Named(key, Root.SESSION, prefix, name, setting);
  }

  private static Optional<String> wrongName(String name) {
    if (name.isBlank()) {
      return Optional.of(ConfigMessages.BLANK_NAME);
    }
    if (name.contains("\"")) {
      return Optional.of(ConfigMessages.QUOTES);
    }
    return isName(name) ? Optional.empty() : Optional.of(ConfigMessages.CONTROL_CHARACTERS);
  }

  /** Whether a session can have this name and keys for it can be written. */
  static boolean isName(String name) {
    try {
      return SessionSettings.named(name).name().indexOf('"') < 0;
    } catch (InvalidSettingException e) {
      return false;
    }
  }
}
