package org.sessionregistry.containers;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Open Liberty with few features; its monitor takes what is put into {@code dropins}. */
final class Liberty implements Container {
  private static final String SERVER = "contract";

  private final ServerProcess process;
  private final Path directory;
  private final int port;
  private final Set<String> refused = new HashSet<>();

  Liberty(Path work, Map<String, String> properties) throws Exception {
    Path home = Path.of(System.getProperty("liberty.home"));
    directory = work.resolve("servers").resolve(SERVER);
    Files.createDirectories(directory.resolve("dropins"));
    port = Container.freePort();
    Files.writeString(directory.resolve("server.xml"), configuration(port, properties));
    // No port for the commands of its scripts.
    Files.writeString(directory.resolve("bootstrap.properties"), "command.port=-1\n");
    List<String> command = new ArrayList<>();
    command.add(ServerProcess.java());
    command.add("-Xmx512m");
    command.add("-javaagent:" + home.resolve("bin/tools/ws-javaagent.jar"));
    // What its start script gives to a JVM with modules.
    command.add(
        "@"
            + home.resolve(
                Runtime.version().feature() >= 24
                    ? "lib/platform/java/java24.options"
                    : "lib/platform/java/java9.options"));
    command.addAll(List.of("-jar", home.resolve("bin/tools/ws-server.jar").toString(), SERVER));
    Map<String, String> environment = new HashMap<>();
    environment.put("WLP_USER_DIR", work.toString());
    // Variables of the server are no system properties.
    environment.put("SESSION_REGISTRY_CONFIG_FILE", properties.get("session-registry.config-file"));
    process = ServerProcess.start("liberty", directory, environment, command);
    process.await(0, Pattern.compile("CWWKF0011I"));
  }

  private static String configuration(int port, Map<String, String> properties) {
    StringBuilder variables = new StringBuilder();
    properties.forEach(
        (name, value) ->
            variables.append("  <variable name='%s' value='%s'/>%n".formatted(name, value)));
    return """
        <server>
          <featureManager>
            <feature>servlet-6.0</feature>
            <feature>cdi-4.0</feature>
            <feature>mpConfig-3.1</feature>
            <feature>concurrent-3.0</feature>
            <feature>mpRestClient-3.0</feature>
            <feature>mpHealth-4.0</feature>
          </featureManager>
          <httpEndpoint id='defaultHttpEndpoint' host='127.0.0.1' httpPort='%d' httpsPort='-1'/>
          <applicationMonitor updateTrigger='polled' pollingRate='200ms'/>
        %s</server>
        """
        .formatted(port, variables);
  }

  @Override
  public void deploy(Application application) throws Exception {
    int position = process.position();
    // Moved there as a whole, so that the monitor never sees half of it.
    Path war = application.writeTo(Files.createTempDirectory(directory, "war"));
    Files.move(war, archive(application), StandardCopyOption.ATOMIC_MOVE);
    String line =
        process.await(
            position, Pattern.compile("CWWKZ000[123][IE].*\\b" + application.name() + "\\b"));
    if (line.contains("CWWKZ0002E")) {
      refused.add(application.name());
      throw new DeploymentFailedException(process.printedSince(position));
    }
  }

  @Override
  public void undeploy(Application application) throws Exception {
    int position = process.position();
    Files.deleteIfExists(archive(application));
    if (refused.remove(application.name())) {
      return; // of which it says nothing
    }
    process.await(position, Pattern.compile("CWWKZ0009I.*\\b" + application.name() + "\\b"));
  }

  private Path archive(Application application) {
    return directory.resolve("dropins").resolve(application.name() + ".war");
  }

  @Override
  public URI address(Application application) {
    return URI.create("http://127.0.0.1:" + port + "/" + application.name() + "/");
  }

  @Override
  public Optional<URI> readiness() {
    return Optional.of(URI.create("http://127.0.0.1:" + port + "/health/ready"));
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
