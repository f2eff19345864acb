package org.sessionregistry.config;

import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Everything this module says to people. The rule: a phrase of what would be right can follow the
 * word "expected", and control characters are made visible so that no value can forge a line.
 * Stateless, for any thread.
 */
final class ConfigMessages {
  static final String NO_SUCH_SETTING = "no such setting";
  static final String DURATION =
      "a number with its unit, such as 250ms, 30s, 5m, 1h or 1d, or ISO-8601 such as PT30S, or 0";
  static final String DATA_SIZE = "a size such as 512, 16KiB, 8MiB or 1GiB";
  static final String WHOLE_NUMBER = "a whole number up to 2147483647, such as 0 or 100";
  static final String WHOLE_NUMBER_OR_UNLIMITED = WHOLE_NUMBER + ", or unlimited";
  static final String WHOLE_NUMBERS = "whole numbers separated by commas, such as 502,503";
  static final String PERCENTAGE = "a share from 0% to 100%, such as 20%";
  static final String BOOLEAN = "true or false";
  static final String URI = "a URL, such as https://api.example.com/ (RFC 3986)";
  static final String PATH = "the path of a file";
  static final String DUPLICATE =
      "one spelling: this key and %s mean the same and come with the same ordinal";
  static final String CREDENTIALS_IN_DEFAULTS =
      "no credentials in client-session-defaults, because every session would send them to its"
          + " host: set this on the sessions that need it";
  static final String NOT_IN_PRODUCTION =
      "false in the profile prod, where a server has to prove who it is; to trust one with a"
          + " certificate of your own use tls.trust-pem";
  static final String NO_TENANCY =
      "tenancy=required or tenancy=optional for this session, without which it has no tenants";
  static final String SHARED_BY_TENANTS =
      "no such setting for a tenant, because with tenancy.pool=shared all tenants use the pool of"
          + " the session";
  static final String UNRESOLVED = "every ${...} in the value to resolve";
  static final String NO_PROVIDER =
      "no implementation beside the API; is the session-registry jar complete?";
  static final String SESSION_NAMES = "names without double quotes and control characters";
  static final String CONTROL_CHARACTERS = "malformed key: it has control characters";
  static final String NO_SUCH_ROOT =
      "no such setting: keys begin with client-session.<name>, client-session-defaults,"
          + " client-session-pool.<name> or client-session-registry";

  private static final int LONGEST_VALUE = 160;

  private ConfigMessages() {}

  static String report(Collection<Problem> problems) {
    StringBuilder report = new StringBuilder("The configuration of client sessions has ");
    report.append(problems.size() == 1 ? "1 problem:" : problems.size() + " problems:");
    problems.forEach(problem -> report.append("\n  - ").append(problem));
    return report.toString();
  }

  static String line(Problem problem) {
    StringBuilder line = new StringBuilder(quoted(problem.key()));
    problem.value().ifPresent(value -> line.append(" = ").append(quoted(shortened(value))));
    line.append(" (");
    if (problem.source().isEmpty()) {
      line.append("source unknown");
    } else {
      line.append(visible(problem.source())).append(", ordinal ").append(problem.ordinal());
    }
    line.append("): ").append(visible(problem.description()));
    problem
        .suggestion()
        .ifPresent(s -> line.append("; did you mean ").append(quoted(s)).append('?'));
    return line.toString();
  }

  static String expected(String phrase) {
    return "expected " + phrase;
  }

  static String orWord(String phrase, String word) {
    return phrase + ", or " + word;
  }

  static String unresolved(String reason) {
    return reason.isEmpty() ? UNRESOLVED : UNRESOLVED + " (" + reason + ")";
  }

  static String quotes(Root root) {
    return "malformed key: a quoted "
        + root.thing()
        + " name stands between double quotes that nothing but a dot and the setting may follow";
  }

  static String blankName(Root root) {
    return "malformed key: the " + root.thing() + "'s name is missing";
  }

  static String noSetting(Root root) {
    return "malformed key: no setting follows the " + root.thing() + "'s name";
  }

  static String nameForgotten(Root root) {
    return "the " + root.thing() + "'s name is missing between " + root.text() + " and the setting";
  }

  static String noSuchPool(Set<String> pools) {
    return pools.isEmpty()
        ? "a pool that is configured: client-session-pool.<name>.<setting> does that, and there is"
            + " none"
        : "the name of a pool that client-session-pool.<name>.<setting> configures: "
            + String.join(", ", pools);
  }

  static String withinTotal(String total) {
    return "at most timeout.total (" + total + "), at which the whole exchange ends";
  }

  static String noSuchSession(Set<String> sessions) {
    return "the name of a session that is configured: " + String.join(", ", sessions);
  }

  static String circle(List<String> names) {
    return "sessions that do not extend themselves: " + String.join(" extends ", names);
  }

  static String poolIsShared(String key) {
    return "no such setting beside " + key + ": those of the shared pool take its place";
  }

  static String duplicate(String otherKey) {
    return DUPLICATE.formatted(otherKey);
  }

  static String oneOf(List<String> words) {
    return "one of " + String.join(", ", words);
  }

  static String unsupportedType(String key, Object type) {
    return "the setting " + key + " has a type that configuration cannot read: " + type;
  }

  private static String quoted(String text) {
    return "`" + visible(text) + "`";
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE) + "…";
  }

  /** The text without characters that could forge a line. */
  static String visible(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '\n' -> shown.append("\\n");
                case '\r' -> shown.append("\\r");
                case '\t' -> shown.append("\\t");
                default -> appendVisible(shown, c);
              }
            });
    return shown.toString();
  }

  private static void appendVisible(StringBuilder shown, int c) {
    switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          shown.append("\\u%04x".formatted(c));
      default -> shown.appendCodePoint(c);
    }
  }
}
