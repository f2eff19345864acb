package org.sessionregistry;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sessionregistry.settings.PercentEncoding;

/**
 * Expands {@code /users/{user}} (RFC 6570 level 1) and appends query parameters. What a template
 * says literally is kept as it is, so nothing is ever encoded twice.
 */
final class UriTemplate {
  private UriTemplate() {}

  static String expand(String template, Map<String, String> variables, List<String> query) {
    if (variables.isEmpty() && query.isEmpty() && template.indexOf('{') < 0) {
      return template;
    }
    StringBuilder uri = new StringBuilder(template.length() + 32);
    Set<String> unused = new HashSet<>(variables.keySet());
    int from = 0;
    for (int open = template.indexOf('{'); open >= 0; open = template.indexOf('{', from)) {
      int close = template.indexOf('}', open);
      if (close < 0) {
        throw new IllegalArgumentException("'" + template + "' opens a variable and never closes");
      }
      String name = template.substring(open + 1, close);
      String value = variables.get(name);
      if (value == null) {
        throw new IllegalArgumentException(
            "'"
                + template
                + "' has the variable {"
                + name
                + "}, but path(\""
                + name
                + "\", …) was not called");
      }
      unused.remove(name);
      uri.append(template, from, open);
      PercentEncoding.append(value, uri);
      from = close + 1;
    }
    if (!unused.isEmpty()) {
      throw new IllegalArgumentException(
          "'" + template + "' has no variable for the value of " + unused);
    }
    uri.append(template, from, template.length());
    if (dotSegments(uri) > dotSegments(template)) {
      throw new IllegalArgumentException(
          "'"
              + template
              + "': a variable's value is '.' or '..', which would leave its path segment");
    }
    return appendQuery(uri, query);
  }

  /** How many path segments are '.' or '..' (RFC 3986 section 3.3). */
  private static int dotSegments(CharSequence uri) {
    int count = 0;
    int begin = 0;
    for (int i = 0; i <= uri.length(); i++) {
      char c = i == uri.length() ? '?' : uri.charAt(i);
      if (c == '/' || c == '?' || c == '#') {
        String segment = uri.subSequence(begin, i).toString();
        count += segment.equals(".") || segment.equals("..") ? 1 : 0;
        begin = i + 1;
        if (c != '/') {
          break;
        }
      }
    }
    return count;
  }

  /** Inserts parameters before a fragment and after a query that is already there. */
  private static String appendQuery(StringBuilder uri, List<String> query) {
    if (query.isEmpty()) {
      return uri.toString();
    }
    int fragment = uri.indexOf("#");
    String tail = fragment < 0 ? "" : uri.substring(fragment);
    uri.setLength(fragment < 0 ? uri.length() : fragment);
    char separator = uri.indexOf("?") < 0 ? '?' : '&';
    for (int i = 0; i < query.size(); i += 2) {
      uri.append(separator);
      PercentEncoding.append(query.get(i), uri);
      uri.append('=');
      PercentEncoding.append(query.get(i + 1), uri);
      separator = '&';
    }
    return uri.append(tail).toString();
  }
}
