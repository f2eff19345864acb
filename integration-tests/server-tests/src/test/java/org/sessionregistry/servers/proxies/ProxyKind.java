package org.sessionregistry.servers.proxies;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** The proxies of the tests. All look names up themselves. */
enum ProxyKind {
  JETTY("http"),
  SQUID("http"),
  TINYPROXY("http"),
  JETTY_TLS("https"),
  SQUID_TLS("https"),
  THREADS("socks5"),
  DANTE("socks5"),
  MICROSOCKS("socks5");

  /** Who may use a proxy that is started with credentials. */
  static final String USER = "jürgen";

  static final String PASSWORD = "gehäm";

  /** What Squid hands to those who check: UTF-8, percent-encoded. */
  private static final String ENCODED = "j%C3%BCrgen geh%C3%A4m";

  private final String scheme;

  ProxyKind(String scheme) {
    this.scheme = scheme;
  }

  boolean secure() {
    return scheme.equals("https");
  }

  /**
   * Starts one.
   *
   * @param directory for its files
   * @param closed whether it lets in only who knows {@link #USER} and {@link #PASSWORD}
   */
  Proxy start(Path directory, Identity identity, boolean closed) throws Exception {
    if (this == JETTY || this == JETTY_TLS) {
      JettyProxy jetty = new JettyProxy(secure() ? identity : null, closed);
      return at(jetty.port(), jetty);
    }
    if (this == THREADS) {
      SocksServer server = new SocksServer(closed);
      return at(server.port(), server);
    }
    int port = Daemon.freePort();
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path log = directory.resolve(name() + ".log");
    Path configuration = directory.resolve(name() + ".conf");
    return at(
        port,
        switch (this) {
          case SQUID, SQUID_TLS -> {
            Path squid = Daemon.find("squid", "squid");
            squid(configuration, port, directory, identity, closed);
            yield Daemon.start(log, port, squid, "-N", "-f", configuration.toString());
          }
          case TINYPROXY -> {
            Path tinyproxy = Daemon.find("tinyproxy", "tinyproxy-bin");
            Files.writeString(
                configuration,
                "Port "
                    + port
                    + "\nListen 127.0.0.1\nTimeout 60\nMaxClients 50\nDisableViaHeader Yes\n"
                    + (closed ? "BasicAuth " + USER + " " + PASSWORD + "\n" : ""));
            yield Daemon.start(log, port, tinyproxy, "-d", "-c", configuration.toString());
          }
          case DANTE -> {
            Path danted = Daemon.find("danted", "dante-server");
            dante(configuration, port);
            Path pid = directory.resolve("danted.pid");
            yield Daemon.start(
                log, port, danted, "-N", "1", "-f", configuration.toString(), "-p", pid.toString());
          }
          default -> {
            Path microsocks = Daemon.find("microsocks", "microsocks");
            String[] listening = {"-i", "127.0.0.1", "-p", Integer.toString(port)};
            String[] guarded = {
              "-i", "127.0.0.1", "-p", Integer.toString(port), "-u", USER, "-P", PASSWORD
            };
            yield Daemon.start(log, port, microsocks, closed ? guarded : listening);
          }
        });
  }

  private Proxy at(int port, AutoCloseable running) {
    return new Proxy(scheme + "://127.0.0.1:" + port, port, running);
  }

  private void squid(
      Path configuration, int port, Path directory, Identity identity, boolean closed)
      throws Exception {
    Path checker =
        Files.writeString(
            directory.resolve("checker.sh"),
            "while read -r line; do\n  case \"$line\" in\n    '"
                + ENCODED
                + "') echo OK ;;\n    *) echo ERR ;;\n  esac\ndone\n");
    String listening =
        secure()
            ? "https_port 127.0.0.1:"
                + port
                + " tls-cert="
                + identity.certificateFile(directory)
                + " tls-key="
                + identity.keyFile(directory)
            : "http_port 127.0.0.1:" + port;
    Files.writeString(
        configuration,
        String.join(
            "\n",
            listening,
            closed
                ? "auth_param basic program /bin/sh "
                    + checker
                    + "\nauth_param basic realm tests\nacl known proxy_auth REQUIRED\n"
                    + "http_access allow known\nhttp_access deny all"
                : "http_access allow all",
            "cache deny all",
            "cache_log /dev/null",
            "cache_store_log none",
            "access_log none",
            "netdb_filename none",
            "pid_filename none",
            "pinger_enable off",
            "shutdown_lifetime 0 seconds",
            "visible_hostname squid.test",
            "coredump_dir " + directory,
            ""));
  }

  private static void dante(Path configuration, int port) throws IOException {
    Files.writeString(
        configuration,
        String.join(
            "\n",
            "logoutput: stderr",
            "internal: 127.0.0.1 port = " + port,
            "external: lo",
            "socksmethod: none",
            "clientmethod: none",
            "client pass { from: 0.0.0.0/0 to: 0.0.0.0/0 }",
            "socks pass { from: 0.0.0.0/0 to: 0.0.0.0/0 }",
            ""));
  }
}
