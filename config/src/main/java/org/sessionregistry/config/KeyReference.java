package org.sessionregistry.config;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sessionregistry.settings.SessionSettings;

/**
 * The reference of all keys as Markdown. The rule: keys, defaults and meanings come from the
 * records only, so that the reference cannot say anything else than the program does. Stateless,
 * for any thread.
 */
public final class KeyReference {
  private static final String INTRODUCTION =
      """
      # Settings

      This page is generated from the settings records; a test keeps it up to date.

      | root | for |
      | --- | --- |
      | `client-session.<name>.<setting>` | one session; `<name>` stands between double quotes when \
      it has dots: `client-session."api.v2".base-url` |
      | `client-session-defaults.<setting>` | every session; a session's own key wins |
      | `client-session-pool.<pool>.<setting>` | a pool that sessions share; its name is quoted \
      like that of a session |
      | `client-session-registry.<setting>` | what all sessions share |
      | `client-session.<name>.tenants.<tenant>.<setting>` | one tenant of a session with \
      `tenancy`; its key wins over that of its session; the name of the tenant is quoted like that \
      of a session |

      - Durations: `250ms`, `30s`, `5m`, `1h`, `1d`, ISO-8601 (`PT30S`) and `0`. Any other number \
      needs its unit.
      - Sizes: `512`, `16KiB`, `8MiB`, `1GiB`.
      - Lists: separated by commas; `\\,` is a comma within an element.
      - An empty value counts as not set.
      - Environment variables: `CLIENT_SESSION_GITHUB_BASE_URL` sets \
      `client-session.github.base-url` of a session that something else mentions: another key, \
      `client-session-registry.names` or an injection point; and so of a pool that another key, or \
      the `pool.name` of a session, mentions. They can replace an entry such as `headers.Accept`, \
      but not add one. Do not name a session `defaults`, `pool` or `registry`: its variables would \
      be those of the other roots.
      - An unknown key or an unusable value fails the start; all problems are reported together.
      """;

  private static final String CREDENTIALS =
      """

      `client-session-defaults` takes the same settings, but no credentials, because they would \
      reach every host: `cookies.<name>`, `headers.Authorization`, `headers.Proxy-Authorization` \
      and `headers.Cookie` are refused there.
      """;

  private static final String TENANTS =
      """

      `client-session.<name>.tenants.<tenant>` takes the same settings, but `tenancy` and \
      `pool.name`; with `tenancy.pool=shared` no key of `pool` and `queue` either, because all \
      tenants use the pool of the session.
      """;

  private static final String SHARING =
      """

      The sessions whose `pool.name` is `<pool>` share this pool and its queue, and these settings \
      take the place of their own: beside it they may set `pool.warm-up` and no other key of `pool` \
      or `queue`, and those of `client-session-defaults` do not apply to them.
      """;

  private static final String NOT_SET = "–";

  /** What zero stands for, as the documentation of a setting tells it. */
  private static final Pattern ZERO = Pattern.compile("\\b0 (?:means )?([a-z][^;.,]*)");

  /** The documentation of a map begins with the form of its keys. */
  private static final Pattern FORM = Pattern.compile("(\\S+<\\w+>): (.)(.*)");

  private KeyReference() {}

  /**
   * Writes the reference.
   *
   * @return Markdown with a table of the settings of each root
   */
  public static String markdown() {
    StringBuilder page = new StringBuilder(INTRODUCTION);
    page.append("\n## A session: `client-session.<name>.…`\n\n");
    table(page, Root.SESSION);
    page.append(CREDENTIALS);
    page.append(TENANTS);
    page.append("\n## A shared pool: `client-session-pool.<pool>.…`\n\n");
    table(page, Root.POOL);
    page.append(SHARING);
    page.append("\n## The registry: `client-session-registry.…`\n\n");
    table(page, Root.REGISTRY);
    return page.toString();
  }

  /**
   * Writes the reference for a terminal.
   *
   * @return a paragraph for each setting: its key, its default and what it means
   */
  public static String text() {
    StringBuilder text = new StringBuilder();
    for (Root root : List.of(Root.SESSION, Root.POOL, Root.REGISTRY)) {
      String prefix = root.isNamed() ? root.prefixOf(Root.ANY_NAME) : root.prefix();
      for (SettingKey setting : root.keys().all()) {
        String byDefault = byDefault(root, setting).replace("`", "").replace("\\", "");
        text.append(prefix).append(setting.keyOf(Root.ANY_NAME));
        text.append(byDefault.equals(NOT_SET) ? "" : " = " + byDefault);
        text.append("\n    ").append(meaning(setting)).append("\n");
      }
      if (root == Root.SESSION) {
        text.append(Root.DEFAULTS.prefix()).append("<setting>\n    The same for every session.\n");
        text.append(Root.TENANT.prefixOf("<tenant>"));
        text.append("<setting>\n    The same for one tenant of a session.\n");
      }
    }
    return text.toString();
  }

  private static void table(StringBuilder page, Root root) {
    page.append("| setting | default | meaning |\n| --- | --- | --- |\n");
    for (SettingKey setting : root.keys().all()) {
      Matcher form = FORM.matcher(setting.documentation());
      String key = setting.map() && form.matches() ? form.group(1) : setting.key();
      String meaning = meaning(setting);
      page.append("| `%s` | %s | %s |\n".formatted(key, byDefault(root, setting), cell(meaning)));
    }
  }

  /** What a setting does, without the form of its key. */
  static String meaning(SettingKey setting) {
    Matcher form = FORM.matcher(setting.documentation());
    return setting.map() && form.matches()
        ? form.group(2).toUpperCase(Locale.ROOT) + form.group(3)
        : setting.documentation();
  }

  /** What a setting is unless it is set; empty for nothing. */
  static String defaultOf(Root root, SettingKey setting) {
    String text = setting.type().format(setting.path().get(root.keys().defaults()));
    // The page must not change with every version.
    return text.equals(SessionSettings.DEFAULT_USER_AGENT)
        ? text.substring(0, text.indexOf('/')) + "/<version>"
        : text;
  }

  private static String byDefault(Root root, SettingKey setting) {
    String text = defaultOf(root, setting);
    if (text.isEmpty()) {
      return NOT_SET;
    }
    Matcher zero = ZERO.matcher(setting.documentation());
    return text.equals("0") && zero.find()
        ? "`0` (" + zero.group(1) + ")"
        : '`' + cell(text).replace("\\<", "<") + '`';
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replace("<", "\\<");
  }
}
