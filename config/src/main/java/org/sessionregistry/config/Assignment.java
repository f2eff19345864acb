package org.sessionregistry.config;

import java.util.Optional;
import java.util.regex.Pattern;
import org.sessionregistry.settings.InvalidSettingException;
import org.sessionregistry.settings.Secret;

/**
 * A setting and the value that configuration gives it. The rule: whatever it shows is masked: a
 * secret completely, the user-info of a URL always. Immutable.
 *
 * @param setting the setting
 * @param entry the name of a map's entry, empty if the setting is not a map
 * @param found the value as text
 */
record Assignment(SettingKey setting, String entry, Found found) {
  private static final Pattern USER_INFO = Pattern.compile("://.*@");

  /** What {@code InvalidSettingException} calls it. */
  String name() {
    return setting.nameOf(entry);
  }

  /** The same setting from the same place with another value. */
  Assignment withText(String text) {
    return new Assignment(
        setting,
        entry,
        new Found(found.key(), text, found.source(), found.ordinal(), found.failure()));
  }

  /** What is wrong with the value. */
  Problem refused(String expected, Optional<String> suggestion) {
    return problem(found.text(), expected, suggestion);
  }

  /** What is wrong with the value, or with that part of it which the records name. */
  Problem refused(InvalidSettingException refusal) {
    boolean part = found.text().contains(refusal.value()) || refusal.value().contains(Secret.MASK);
    return problem(part ? refusal.value() : found.text(), refusal.expected(), Optional.empty());
  }

  /** What to do about a value whose expressions do not resolve. */
  Problem unresolved(String reason) {
    boolean secret = setting.isSecret(entry);
    return refused(ConfigMessages.unresolved(secret ? "" : reason), Optional.empty());
  }

  private Problem problem(String shown, String expected, Optional<String> suggestion) {
    return new Problem(
        found.key(),
        Optional.of(
            setting.isSecret(entry)
                ? Secret.MASK
                : USER_INFO.matcher(shown).replaceAll("://" + Secret.MASK + "@")),
        found.source(),
        found.ordinal(),
        ConfigMessages.expected(expected),
        suggestion);
  }
}
