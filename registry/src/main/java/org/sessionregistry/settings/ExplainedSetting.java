package org.sessionregistry.settings;

/**
 * What a session uses for one setting, and why. The rule: a secret is never in it. Immutable, for
 * any thread.
 *
 * @param key the setting, such as {@code timeout.total} or {@code headers.Accept}
 * @param value the value in use, masked if it is a secret; empty where there is none
 * @param origin who decided it
 * @param property the whole name of the property that won; empty where it is built in
 * @param source the name of the source that the property came from; empty when nobody knows
 * @param ordinal the ordinal of that source
 */
public record ExplainedSetting(
    String key, String value, SettingOrigin origin, String property, String source, int ordinal) {

  /**
   * A setting that nobody has set.
   *
   * @param key the setting
   * @param value its default
   * @return the explanation
   */
  public static ExplainedSetting builtIn(String key, String value) {
    return new ExplainedSetting(key, value, SettingOrigin.BUILT_IN, "", "", 0);
  }

  /**
   * Where the value came from, in words.
   *
   * @return such as {@code client-session.a.timeout.total (application.properties, ordinal 100)}
   */
  public String because() {
    if (origin == SettingOrigin.BUILT_IN) {
      return "default";
    }
    String where = source.isEmpty() ? "source unknown" : source + ", ordinal " + ordinal;
    return property + " (" + where + ")";
  }

  /** The setting in one line. */
  @Override
  public String toString() {
    return key + " = " + value + "  <- " + because();
  }
}
