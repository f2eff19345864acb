package org.sessionregistry.containers;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** WildFly with its MicroProfile configuration; the deployment scanner takes what is copied. */
final class WildFly implements Container {
  /**
   * The threads that serve requests. Each keeps in its stack the last request that it served, and
   * with it the application, until it serves another.
   */
  static final int WORKERS = 2;

  private final ServerProcess process;
  private final Path deployments;
  private final int port;
  private final int management;

  WildFly(Path work, Map<String, String> properties) throws Exception {
    Path home = Path.of(System.getProperty("wildfly.home"));
    Path base = work.resolve("wildfly");
    copy(home.resolve("standalone"), base);
    Path configuration = base.resolve("configuration/standalone-microprofile.xml");
    Files.writeString(
        configuration,
        Files.readString(configuration)
            .replace("scan-interval=\"5000\"", "scan-interval=\"200\"")
            .replace(
                "<worker name=\"default\"/>",
                "<worker name=\"default\" task-max-threads=\"" + WORKERS + "\"/>"));
    deployments = base.resolve("deployments");
    port = Container.freePort();
    management = Container.freePort();
    List<String> command = new ArrayList<>();
    command.add(ServerProcess.java());
    command.add("-Xmx512m");
    // What its start script gives to a JVM with modules.
    for (String exported :
        List.of(
            "java.desktop/sun.awt",
            "java.naming/com.sun.jndi.ldap",
            "java.naming/com.sun.jndi.url.ldap",
            "java.naming/com.sun.jndi.url.ldaps",
            "jdk.naming.dns/com.sun.jndi.dns")) {
      command.add("--add-exports=" + exported + "=ALL-UNNAMED");
    }
    for (String open :
        List.of(
            "java.base/com.sun.net.ssl.internal.ssl",
            "java.base/java.lang",
            "java.base/java.lang.invoke",
            "java.base/java.lang.reflect",
            "java.base/java.io",
            "java.base/java.net",
            "java.base/java.security",
            "java.base/java.util",
            "java.base/java.util.concurrent",
            "java.management/javax.management",
            "java.naming/javax.naming")) {
      command.add("--add-opens=" + open + "=ALL-UNNAMED");
    }
    properties.forEach((name, value) -> command.add("-D" + name + "=" + value));
    command.addAll(
        List.of(
            "-Djboss.home.dir=" + home,
            "-Djboss.server.base.dir=" + base,
            "-Djboss.http.port=" + port,
            "-Djboss.https.port=" + Container.freePort(),
            "-Djboss.management.http.port=" + management,
            "-jar",
            home.resolve("jboss-modules.jar").toString(),
            "-mp",
            home.resolve("modules").toString(),
            "org.jboss.as.standalone",
            "-c",
            "standalone-microprofile.xml"));
    process = ServerProcess.start("wildfly", base, Map.of(), command);
    process.await(0, Pattern.compile("WFLYSRV0025"));
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path each : all.toList()) {
        Files.copy(each, to.resolve(from.relativize(each).toString()));
      }
    }
  }

  @Override
  public void deploy(Application application) throws Exception {
    int position = process.position();
    // Moved there as a whole, so that the scanner never sees half of it.
    Path war = application.writeTo(Files.createTempDirectory(deployments.getParent(), "war"));
    Files.move(
        war, deployments.resolve(war.getFileName().toString()), StandardCopyOption.ATOMIC_MOVE);
    String name = Pattern.quote("\"" + application.name() + ".war\"");
    process.await(position, Pattern.compile("WFLYSRV0010.*" + name)); // also when it has failed
    String printed = process.printedSince(position);
    if (printed.contains("WFLYCTL0013")) {
      throw new DeploymentFailedException(printed);
    }
  }

  @Override
  public void undeploy(Application application) throws Exception {
    int position = process.position();
    Files.deleteIfExists(deployments.resolve(application.name() + ".war"));
    process.await(
        position,
        Pattern.compile("WFLYSRV0009.*" + Pattern.quote("\"" + application.name() + ".war\"")));
  }

  @Override
  public URI address(Application application) {
    return URI.create("http://127.0.0.1:" + port + "/" + application.name() + "/");
  }

  @Override
  public Optional<URI> readiness() {
    return Optional.of(URI.create("http://127.0.0.1:" + management + "/health/ready"));
  }

  @Override
  public ServerProcess process() {
    return process;
  }

  @Override
  public void close() {
    process.close();
  }
}
