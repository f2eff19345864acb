package org.sessionregistry.egress;

import java.util.Optional;
import java.util.function.Function;

/**
 * Where {@code proxy.from-environment} looks.
 *
 * @param properties a system property of the JVM by its name
 * @param variables a variable of the environment by its name
 */
public record ProxyEnvironment(
    Function<String, Optional<String>> properties, Function<String, Optional<String>> variables) {

  /** The JVM's own. */
  public static final ProxyEnvironment SYSTEM =
      new ProxyEnvironment(
          name -> Optional.ofNullable(System.getProperty(name)),
          name -> Optional.ofNullable(System.getenv(name)));

  /** A property that says something. */
  Optional<String> property(String name) {
    return properties.apply(name).map(String::strip).filter(value -> !value.isEmpty());
  }

  /** A variable that says something; its name in lower case wins. */
  Optional<String> variable(String lower, String upper) {
    return variables
        .apply(lower)
        .or(() -> isSafe(upper) ? variables.apply(upper) : Optional.empty())
        .map(String::strip)
        .filter(value -> !value.isEmpty());
  }

  /** In a CGI script HTTP_PROXY is what the client sent as its Proxy header (CVE-2016-5385). */
  private boolean isSafe(String upper) {
    return !upper.equals("HTTP_PROXY") || variables.apply("REQUEST_METHOD").isEmpty();
  }
}
