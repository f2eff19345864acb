package org.sessionregistry.restclients.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sessionregistry.ClientSession;
import org.sessionregistry.SessionRegistry;
import org.sessionregistry.config.SessionConfig;
import org.sessionregistry.settings.SessionSettings;

/** What docs/rest-client.md and docs/migration.md show is what compiles and runs here. */
class DocumentationTest {
  private static final Path MODULE = Path.of(System.getProperty("basedir", ""));

  private HttpServer server;
  private SessionRegistry registry;
  private ClientSession github;

  @BeforeEach
  void start() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/users/",
        exchange -> {
          byte[] body = "{\"name\":\"Ada\",\"age\":36}".getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    registry =
        SessionRegistry.builder()
            .session(
                SessionSettings.builder("github")
                    .baseUrl("http://127.0.0.1:" + server.getAddress().getPort())
                    .build())
            .build();
    github = registry.session("github");
  }

  @AfterEach
  void stop() {
    registry.close();
    server.stop(0);
  }

  @ParameterizedTest
  @CsvSource({
    "rest-client.md, 0, Users.java, interface",
    "rest-client.md, 1, Building.java, builder",
    "rest-client.md, 2, Building.java, tenant",
    "migration.md, 0, ByHand.java, hand",
    "migration.md, 1, OnASession.java, session"
  })
  void theExamplesAreThoseOfTheDocuments(String document, int block, String file, String marker)
      throws Exception {
    assertThat(blocks(document, "java").get(block)).isEqualTo(snippet(file, marker));
  }

  @ParameterizedTest
  @CsvSource({"rest-client.md, 0", "migration.md, 0"})
  void theConfigurationOfTheDocumentsIsCorrect(String document, int block) throws Exception {
    assertThat(sessions(blocks(document, "properties").get(block))).containsExactly("github");
  }

  @Test
  void theKeysOfTheTableExist() throws Exception {
    String table =
        Pattern.compile("`(client-session\\.github\\.[a-z.-]+)=([^`…]+)`")
            .matcher(document("migration.md"))
            .results()
            .map(key -> key.group(1) + "=" + key.group(2))
            .reduce("", (all, key) -> all + key + "\n");

    assertThat(table).contains("timeout.connect", "redirects.max", "proxy.url");
    assertThat(sessions(table)).containsExactly("github");
  }

  @Test
  void theExampleInCodeRuns() {
    Users users = Building.users(github);

    assertThat(users.user("ada")).hasToString("Ada, 36");
    assertThat(users.userLater("ada").toCompletableFuture().join()).hasToString("Ada, 36");
  }

  @Test
  void theMigratedBeanRuns() throws Exception {
    OnASession.GitHub bean = new OnASession().new GitHub();
    bean.github = github;

    assertThat(bean.profile("ada")).contains("Ada");
  }

  private static Iterable<String> sessions(String text) throws Exception {
    Properties properties = new Properties();
    properties.load(new StringReader(text));
    Config config =
        new io.smallrye.config.SmallRyeConfigBuilder()
            .withSources(
                new io.smallrye.config.PropertiesConfigSource(properties, "a document", 100))
            .build();
    return SessionConfig.read(config, Set.of()).sessions().keySet();
  }

  private static String document(String name) throws Exception {
    return Files.readString(MODULE.resolve("../../docs").resolve(name));
  }

  private static List<String> blocks(String document, String language) throws Exception {
    return Pattern.compile("(?s)```" + language + "\\n(.*?)```")
        .matcher(document(document))
        .results()
        .map((MatchResult block) -> block.group(1))
        .toList();
  }

  /** What follows the marker, without the indentation of its first line and what closes around. */
  private static String snippet(String file, String marker) throws Exception {
    String source =
        Files.readString(
            MODULE.resolve("src/test/java/org/sessionregistry/restclients/docs").resolve(file));
    String comment = "// " + marker + "\n";
    String marked = source.substring(source.indexOf(comment) + comment.length());
    String indent = marked.substring(0, marked.length() - marked.stripLeading().length());
    StringBuilder snippet = new StringBuilder();
    for (String line : marked.lines().toList()) {
      if (!line.isEmpty() && !line.startsWith(indent)) {
        break;
      }
      snippet.append(line.isEmpty() ? line : line.substring(indent.length())).append('\n');
    }
    return snippet.toString();
  }
}
