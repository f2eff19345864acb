package org.sessionregistry.config;

import org.sessionregistry.settings.RegistrySettings;
import org.sessionregistry.settings.SessionSettings;

/**
 * The beginnings of keys, and the settings that stand behind each. The rule: every key that begins
 * like one of them is ours and must be known. Immutable, for any thread.
 */
@SuppressWarnings(
    "ImmutableEnumChecker") // SettingKeys is immutable, without an annotation to say so
enum Root {
  /** One session; its name follows. */
  SESSION("client-session", SettingKeys.of(SessionSettings.named(SessionSettings.DEFAULT_NAME))),
  /** Every session. */
  DEFAULTS("client-session-defaults", SESSION.keys),
  /** What the sessions share. */
  REGISTRY("client-session-registry", SettingKeys.of(RegistrySettings.DEFAULTS));

  private final String text;
  private final SettingKeys keys;

  Root(String text, SettingKeys keys) {
    this.text = text;
    this.keys = keys;
  }

  /** The beginning without the dot that follows it. */
  String text() {
    return text;
  }

  /** The beginning with its dot. */
  String prefix() {
    return text + ".";
  }

  SettingKeys keys() {
    return keys;
  }

  /** The beginning of a session's keys; the name is quoted where the dots in it would mislead. */
  static String prefixOf(String session) {
    return SESSION.prefix() + (session.contains(".") ? '"' + session + '"' : session) + '.';
  }
}
