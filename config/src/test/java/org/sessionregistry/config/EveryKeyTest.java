package org.sessionregistry.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is wrong with any key is one problem, with the key, the value and the source. */
class EveryKeyTest {
  /** The keys under each root that every setting is tried under. */
  private static final Map<Root, String> PREFIXES =
      Map.of(
          Root.SESSION, "client-session.a.",
          Root.TENANT, "client-session.a.tenants.acme.",
          Root.DEFAULTS, "client-session-defaults.",
          Root.POOL, "client-session-pool.p.",
          Root.REGISTRY, "client-session-registry.");

  static Stream<Arguments> keys() {
    List<Arguments> all = new ArrayList<>();
    for (Root root : Root.values()) {
      for (SettingKey setting : root.keys().all()) {
        all.add(Arguments.of(PREFIXES.get(root) + setting.keyOf("Name"), root, setting));
      }
    }
    return all.stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("keys")
  void aValueThatIsNoneIsOneProblem(String key, Root root, SettingKey setting) {
    // Any text is a text, and some take what others refuse.
    assumeThat(accepts(setting, "\u0001,!")).isFalse();
    assertThat(given(key, "\u0001,!").problems())
        .singleElement()
        .asString()
        .startsWith("`" + key + "` = `" + (setting.isSecret("Name") ? "*****" : "\\u0001,!") + "`")
        .contains("(application.properties, ordinal 100): expected ");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("keys")
  void aValueThatDoesNotResolveIsOneProblem(String key, Root root, SettingKey setting) {
    assertThat(given(key, "${nowhere}").problems())
        .singleElement()
        .asString()
        .startsWith("`" + key + "` = `")
        .contains(
            "(application.properties, ordinal 100): expected "
                + (isCredentialOfAll(root, setting) ? "no credentials" : "every ${...}"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("keys")
  void aNegativeNumberIsOneProblem(String key, Root root, SettingKey setting) {
    assumeThat(accepts(setting, "-7") && !accepts(setting, "x")).isTrue();
    assertThat(given(key, "-7").problems())
        .singleElement()
        .asString()
        .startsWith("`" + key + "` = `-7` (application.properties, ordinal 100): expected ");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("keys")
  void aMisspelledKeyIsAnsweredWithTheRightOne(String key, Root root, SettingKey setting) {
    String written = setting.key();
    String swapped =
        written.substring(0, written.length() - 2)
            + written.charAt(written.length() - 1)
            + written.charAt(written.length() - 2);
    assumeThat(root.keys().find(swapped).isPresent() || setting.map()).isFalse();
    Problem problem = one(given(PREFIXES.get(root) + swapped, "s3cret"));
    assertThat(problem.suggestion()).isEqualTo(Optional.of(written));
    assertThat(problem.key()).isEqualTo(PREFIXES.get(root) + swapped);
    assertThat(problem.toString()).doesNotContain("s3cret");
  }

  private static boolean isCredentialOfAll(Root root, SettingKey setting) {
    return root == Root.DEFAULTS && EntryRules.isCredential(setting, "Name");
  }

  private static Problem one(Given given) {
    List<Problem> problems = given.refusal().problems();
    assertThat(problems).hasSize(1);
    return problems.get(0);
  }

  private static Given given(String key, String value) {
    boolean tenant = key.startsWith(PREFIXES.get(Root.TENANT));
    return Given.properties(
        key,
        value,
        tenant ? "client-session.a.tenancy" : "unrelated",
        tenant ? "required" : "x",
        tenant ? "client-session.a.tenancy.pool" : "unrelated.too",
        tenant ? "isolated" : "x");
  }

  private static boolean accepts(SettingKey setting, String text) {
    try {
      setting.type().parse(text);
      return true;
    } catch (MalformedValueException e) {
      return false;
    }
  }
}
