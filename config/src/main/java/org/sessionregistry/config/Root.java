package org.sessionregistry.config;

import org.sessionregistry.settings.RegistrySettings;
import org.sessionregistry.settings.SessionSettings;
import org.sessionregistry.settings.SharedPoolSettings;

/**
 * The beginnings of keys, and the settings that stand behind each. The rule: every key that begins
 * like one of them is ours and must be known. Immutable, for any thread.
 */
@SuppressWarnings(
    "ImmutableEnumChecker") // SettingKeys is immutable, without an annotation to say so
enum Root {
  /** One session; its name follows. */
  SESSION(
      "client-session",
      "session",
      SettingKeys.of(SessionSettings.named(SessionSettings.DEFAULT_NAME)).with(Ancestry.EXTENDS)),
  /** Every session. */
  DEFAULTS(
      "client-session-defaults",
      "",
      SettingKeys.of(SessionSettings.named(SessionSettings.DEFAULT_NAME))),
  /** One tenant of a session; the names of both are within. */
  TENANT("client-session.<name>.tenants", "tenant", DEFAULTS.keys.ofTenant()),
  /** One pool that sessions share; its name follows. */
  POOL("client-session-pool", "pool", SettingKeys.ofGroups(SharedPoolSettings.named("shared"))),
  /** What the sessions share. */
  REGISTRY("client-session-registry", "", SettingKeys.of(RegistrySettings.DEFAULTS));

  /** What stands between the name of a session and that of its tenant. */
  static final String TENANTS = "tenants";

  /** Stands for the name where it is not known. */
  static final String ANY_NAME = "<name>";

  private final String text;
  private final String thing;
  private final SettingKeys keys;

  Root(String text, String thing, SettingKeys keys) {
    this.text = text;
    this.thing = thing;
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

  /** What the name that follows is the name of; empty if none follows. */
  String thing() {
    return thing;
  }

  /** Whether a name follows. */
  boolean isNamed() {
    return !thing.isEmpty();
  }

  SettingKeys keys() {
    return keys;
  }

  /** The beginning with a name; the name is quoted where the dots in it would mislead. */
  String prefixOf(String name) {
    return prefix() + quoted(name) + '.';
  }

  /** The beginning of a tenant's keys. */
  static String prefixOfTenant(String session, String tenant) {
    return SESSION.prefixOf(session) + TENANTS + '.' + quoted(tenant) + '.';
  }

  private static String quoted(String name) {
    return name.contains(".") ? '"' + name + '"' : name;
  }
}
