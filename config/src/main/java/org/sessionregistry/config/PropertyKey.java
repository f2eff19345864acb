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

  /** How the settings of tenants begin. */
  String OF_TENANTS = Root.TENANTS + '.';

  /** The whole name. */
  String key();

  /**
   * A key that is well formed; whether its setting exists is another question.
   *
   * @param prefix everything before the setting, as it was written
   * @param name that of the session or pool, empty for roots that no name follows
   * @param setting relative to the prefix
   */
  record Named(String key, Root root, String prefix, String name, String setting)
      implements PropertyKey {}

  /**
   * A key of one tenant of a session.
   *
   * @param session the key as one of the session
   * @param tenant the key as one of the tenant, whose prefix has the session's within
   */
  record OfTenant(Named session, Named tenant) implements PropertyKey {
    @Override
    public String key() {
      return session.key();
    }
  }

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
            root.isNamed()
                ? withName(root, key, root.prefix(), rest)
                : new Named(key, root, root.prefix(), "", rest));
      }
    }
    Optional<String> suggestion = Suggestions.root(first).map(root -> root.prefix() + rest);
    return suggestion.isPresent() || first.startsWith(Root.SESSION.text() + '-')
        ? Optional.of(new Malformed(key, ConfigMessages.NO_SUCH_ROOT, suggestion))
        : Optional.empty();
  }

  private static PropertyKey withName(Root root, String key, String before, String rest) {
    int quote = rest.indexOf('"', 1);
    boolean quoted = rest.startsWith("\"");
    int end = quoted ? quote + 1 : rest.indexOf('.');
    if (quoted && (quote < 0 || (end < rest.length() && rest.charAt(end) != '.'))) {
      return new Malformed(key, ConfigMessages.quotes(root), Optional.empty());
    }
    String written = end < 0 ? rest : rest.substring(0, end);
    String name = quoted ? rest.substring(1, quote) : written;
    String setting = end < 0 || end == rest.length() ? "" : rest.substring(end + 1);
    return wrongName(root, name)
        .<PropertyKey>map(wrong -> new Malformed(key, wrong, Optional.empty()))
        .orElseGet(() -> withName(root, key, rest, before + written + '.', name, setting));
  }

  private static PropertyKey withName(
      Root root, String key, String rest, String prefix, String name, String setting) {
    Optional<String> forgotten =
        root.keys().find(setting).isPresent() ? Optional.empty() : Suggestions.withName(root, rest);
    if (forgotten.isPresent()) {
      return new Malformed(key, ConfigMessages.nameForgotten(root), forgotten);
    }
    if (setting.isEmpty()) {
      return new Malformed(key, ConfigMessages.noSetting(root), Optional.empty());
    }
    Named named = new Named(key, root, prefix, name, setting);
    return root == Root.SESSION && setting.startsWith(OF_TENANTS) ? withTenant(named) : named;
  }

  private static PropertyKey withTenant(Named session) {
    String before = session.prefix() + OF_TENANTS;
    String rest = session.setting().substring(OF_TENANTS.length());
    PropertyKey key = withName(Root.TENANT, session.key(), before, rest);
    return key instanceof Named tenant ? new OfTenant(session, tenant) : key;
  }

  private static Optional<String> wrongName(Root root, String name) {
    if (name.isBlank()) {
      return Optional.of(ConfigMessages.blankName(root));
    }
    if (name.contains("\"")) {
      return Optional.of(ConfigMessages.quotes(root));
    }
    return isName(name) ? Optional.empty() : Optional.of(ConfigMessages.CONTROL_CHARACTERS);
  }

  /** Whether a session or a pool can have this name and keys for it can be written. */
  static boolean isName(String name) {
    return isVisible(name) && name.indexOf('"') < 0;
  }

  /** Whether a session or a pool can have this name. */
  static boolean isVisible(String name) {
    try {
      return SessionSettings.named(name).name().equals(name);
    } catch (InvalidSettingException e) {
      return false;
    }
  }
}
