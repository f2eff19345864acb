package org.sessionregistry.settings;

import java.util.List;
import java.util.Optional;

/**
 * What a session, or a session of a tenant, really uses, and where each value came from. The rule:
 * every setting is in it, those that nobody has set too, and no secret is. Immutable, for any
 * thread.
 *
 * @param session the session's name
 * @param tenant the tenant's name, if it is about one
 * @param settings all settings, in the order of the key reference
 */
public record SettingsExplanation(
    String session, Optional<String> tenant, List<ExplainedSetting> settings) {
  private static final int WIDEST_VALUE = 48;

  /** Freezes the list. */
  public SettingsExplanation {
    settings = List.copyOf(settings);
  }

  /**
   * What is used for one setting.
   *
   * @param key such as {@code timeout.total}
   * @return the setting, if there is one of that key
   */
  public Optional<ExplainedSetting> find(String key) {
    return settings.stream().filter(setting -> setting.key().equals(key)).findFirst();
  }

  /**
   * Only what somebody has set.
   *
   * @return an explanation without the settings that are built in
   */
  public SettingsExplanation withoutDefaults() {
    return new SettingsExplanation(
        session,
        tenant,
        settings.stream().filter(s -> s.origin() != SettingOrigin.BUILT_IN).toList());
  }

  /** A line for each setting: key, value and reason, in columns. */
  @Override
  public String toString() {
    int keys = settings.stream().mapToInt(s -> s.key().length()).max().orElse(0);
    int values =
        Math.min(WIDEST_VALUE, settings.stream().mapToInt(s -> s.value().length()).max().orElse(0));
    StringBuilder text = new StringBuilder("session ").append(session);
    tenant.ifPresent(name -> text.append(", tenant ").append(name));
    for (ExplainedSetting setting : settings) {
      text.append("\n  ");
      pad(text, setting.key(), keys);
      text.append(" = ");
      pad(text, setting.value(), values);
      text.append("  ").append(setting.because());
    }
    return text.toString();
  }

  private static void pad(StringBuilder text, String word, int width) {
    text.append(word).append(" ".repeat(Math.max(0, width - word.length())));
  }
}
