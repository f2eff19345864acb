package org.sessionregistry.egress;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sessionregistry.egress.Proxies.Choice;
import org.sessionregistry.settings.HostPattern;
import org.sessionregistry.settings.InvalidSettingException;
import org.sessionregistry.settings.ProxySettings;
import org.sessionregistry.settings.Secret;

/**
 * What the JVM's properties say of proxies, or else the environment's variables. The rule: a proxy
 * that cannot be understood is an error, because without it connections would go another way than
 * somebody wanted. Confined to the thread that opens the session.
 */
final class EnvironmentProxies {
  private static final Logger LOG = System.getLogger("org.sessionregistry.proxy");
  private static final String JVM_EXCLUDES = "localhost|127.*|[::1]";
  private static final Pattern URL =
      Pattern.compile("(?:([A-Za-z][A-Za-z0-9+.-]*)://)?(?:(.*)@)?([^@/?#]+)/?");

  private final ProxySettings settings;
  private final ProxyEnvironment environment;

  EnvironmentProxies(ProxySettings settings, ProxyEnvironment environment) {
    this.settings = settings;
    this.environment = environment;
  }

  Proxies read() {
    return new Proxies(
        choice("http", "http_proxy", "HTTP_PROXY"), choice("https", "https_proxy", "HTTPS_PROXY"));
  }

  private Optional<Choice> choice(String scheme, String lower, String upper) {
    return property(scheme + ".proxy", ProxyServer.Kind.HTTP, "http.nonProxyHosts")
        .or(() -> property("socksProxy", ProxyServer.Kind.SOCKS5, "socksNonProxyHosts"))
        .or(() -> variable(lower, upper))
        .or(() -> variable("all_proxy", "ALL_PROXY"));
  }

  // ---- the JVM's properties --------------------------------------------------------------------

  private Optional<Choice> property(String prefix, ProxyServer.Kind kind, String excludes) {
    return environment
        .property(prefix + "Host")
        .map(
            host -> {
              String name = prefix + "Port";
              int port = environment.property(name).map(text -> port(name, text)).orElse(-1);
              int effective = port >= 0 || !prefix.equals("https.proxy") ? port : 443;
              return new Choice(
                  server(kind, host, effective, settings.username(), settings.password()),
                  excluded(jvmExcludes(environment.property(excludes).orElse(JVM_EXCLUDES))));
            });
  }

  private static List<HostPattern> jvmExcludes(String list) {
    List<HostPattern> patterns = new ArrayList<>();
    for (String entry : list.split("\\|", -1)) {
      String text = entry.strip();
      if (text.length() > 1 && text.endsWith("*") && text.indexOf('*') == text.length() - 1) {
        patterns.add(HostPattern.beginningWith(text.substring(0, text.length() - 1)));
      } else {
        add(patterns, text, "http.nonProxyHosts");
      }
    }
    return patterns;
  }

  // ---- the environment's variables -------------------------------------------------------------

  private Optional<Choice> variable(String lower, String upper) {
    return environment.variable(lower, upper).map(url -> new Choice(parse(lower, url), noProxy()));
  }

  private ProxyServer parse(String variable, String text) {
    Matcher url = URL.matcher(text);
    if (!url.matches()) {
      throw unusable("the variable " + variable);
    }
    ProxyServer.Kind kind =
        Optional.ofNullable(url.group(1))
            .map(scheme -> ProxyServer.Kind.of(scheme))
            .orElse(Optional.of(ProxyServer.Kind.HTTP))
            .orElseThrow(() -> unusable("the variable " + variable));
    URI address = address(variable, url.group(3));
    Optional<String> user = Optional.ofNullable(url.group(2)).filter(info -> !info.isEmpty());
    if (user.isEmpty()) {
      return server(
          kind, address.getHost(), address.getPort(), settings.username(), settings.password());
    }
    int colon = user.get().indexOf(':');
    String name = colon < 0 ? user.get() : user.get().substring(0, colon);
    String password = colon < 0 ? "" : user.get().substring(colon + 1);
    return server(
        kind,
        address.getHost(),
        address.getPort(),
        Optional.of(decoded(variable, name)),
        Optional.of(new Secret(decoded(variable, password))));
  }

  private static URI address(String variable, String hostAndPort) {
    try {
      URI address = URI.create("http://" + hostAndPort);
      if (address.getHost() != null && address.getPort() != 0 && address.getPort() <= 65535) {
        return address;
      }
    } catch (IllegalArgumentException e) {
      throw unusable("the variable " + variable); // what it says may hold a password
    }
    throw unusable("the variable " + variable);
  }

  private static String decoded(String variable, String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw unusable("the variable " + variable);
    }
  }

  /** As curl reads it: a name stands for those below it too, and an asterisk for all. */
  private List<HostPattern> noProxy() {
    List<HostPattern> patterns = new ArrayList<>();
    environment
        .variable("no_proxy", "NO_PROXY")
        .ifPresent(
            list -> {
              for (String entry : list.split("[,\\s]+", -1)) {
                boolean isName =
                    !entry.isEmpty()
                        && "*.[".indexOf(entry.charAt(0)) < 0
                        && entry.indexOf('/') < 0
                        && Addresses.literal(entry).isEmpty()
                        && !HostPattern.endsInNumber(entry.replaceFirst(":\\d+$", ""))
                        && !entry.equals("localhost")
                        && !entry.equals(HostPattern.PRIVATE);
                add(patterns, isName ? "." + entry : entry, "no_proxy");
              }
            });
    return excluded(patterns);
  }

  // ---- both ------------------------------------------------------------------------------------

  private ProxyServer server(
      ProxyServer.Kind kind,
      String host,
      int port,
      Optional<String> username,
      Optional<Secret> password) {
    return new ProxyServer(kind, host, port, username, password, settings.headers());
  }

  /** Those of the session's own settings too. */
  private List<HostPattern> excluded(List<HostPattern> patterns) {
    List<HostPattern> all = new ArrayList<>(patterns);
    all.addAll(Proxies.patterns(settings.exclude()));
    return List.copyOf(all);
  }

  private static void add(List<HostPattern> patterns, String entry, String where) {
    if (!entry.isEmpty()) {
      HostPattern.parse(entry)
          .ifPresentOrElse(
              patterns::add,
              () ->
                  LOG.log(
                      Level.WARNING,
                      "{0} has ''{1}'', which is no pattern of hosts and left out",
                      where,
                      entry));
    }
  }

  private static int port(String property, String text) {
    if (text.matches("\\d{1,5}")) {
      int port = Integer.parseInt(text);
      if (port > 0 && port <= 65535) {
        return port;
      }
    }
    throw unusable("the system property " + property);
  }

  private static InvalidSettingException unusable(String where) {
    return new InvalidSettingException(
        "proxy.from-environment",
        "true",
        "a proxy such as http://proxy.example.com:3128 in "
            + where
            + "; http, https and socks5 are known");
  }
}
