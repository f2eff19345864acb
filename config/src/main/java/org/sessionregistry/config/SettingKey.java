package org.sessionregistry.config;

import java.util.Map;
import org.sessionregistry.settings.HeaderSyntax;

/**
 * One setting of a tree of records. The rule: it knows its place, type and documentation, and all
 * of them come from the record component. Immutable, for any thread.
 *
 * @param key relative to its root, for example {@code pool.max-connections}
 * @param name the key as the records' refusals name it: with its group, even where the root leaves
 *     the group out
 * @param path where its value is in the records
 * @param type how its text is read; for a map, that of an entry
 * @param map whether the key is followed by the name of an entry: {@code headers.Accept}
 * @param secret whether its value must never be shown
 * @param documentation what it does
 */
record SettingKey(
    String key,
    String name,
    RecordPath path,
    ValueType type,
    boolean map,
    boolean secret,
    String documentation) {

  /** The key with an entry's name, or the key alone if the setting is not a map. */
  String keyOf(String entry) {
    return map ? key + '.' + entry : key;
  }

  /** The same setting under a root that leaves the group out. */
  SettingKey withoutGroup() {
    String alone = key.substring(key.indexOf('.') + 1);
    return new SettingKey(alone, name, path, type, map, secret, documentation);
  }

  /** What a refusal by the records names. */
  String nameOf(String entry) {
    return map ? name + '.' + entry : name;
  }

  /** Whether a value must be masked; the names of map entries tell it too. */
  boolean isSecret(String entry) {
    return secret || (map && HeaderSyntax.isSensitive(entry));
  }

  /** The entries of a map setting. */
  Map<?, ?> entriesIn(Record root) {
    return (Map<?, ?>) path.get(root);
  }
}
