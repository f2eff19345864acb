package org.sessionregistry.servers.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionregistry.ClientSession;
import org.sessionregistry.EgressDeniedException;
import org.sessionregistry.FailureKind;
import org.sessionregistry.Response;
import org.sessionregistry.SessionRegistry;
import org.sessionregistry.settings.SessionSettings;
import org.sessionregistry.settings.SessionSettingsBuilder;
import org.sessionregistry.settings.SharedPoolSettings;

/** Rules are checked on the addresses that are connected to, whatever led to them. */
class EgressTest {
  private Target target;
  private SessionRegistry registry;
  private int sessions;

  @BeforeEach
  void begin() throws Exception {
    target = new Target();
    registry = SessionRegistry.builder().pool(SharedPoolSettings.named("shared")).build();
  }

  @AfterEach
  void end() throws Exception {
    registry.close();
    target.close();
  }

  private ClientSession session(UnaryOperator<SessionSettingsBuilder> change) {
    return registry.open(change.apply(SessionSettings.builder("session-" + ++sessions)).build());
  }

  private ClientSession denying(String... entries) {
    return session(s -> s.egress(e -> e.withDeny(List.of(entries))));
  }

  private static String get(ClientSession session, String uri) throws Exception {
    try (Response response = session.get(uri).send()) {
      return response.text();
    }
  }

  private static void assertDenied(ClientSession session, String uri, String... parts) {
    assertThat(catchThrowable(() -> get(session, uri)))
        .isInstanceOf(EgressDeniedException.class)
        .hasMessageContainingAll(parts);
  }

  // ---- private addresses ----------------------------------------------------------------------

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.9.9.9",
        "localhost",
        "LOCALHOST",
        "[::1]",
        "[0:0:0:0:0:0:0:1]",
        "0.0.0.0",
        "[::]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[::127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "rebound.test"
      })
  void whatIsPrivateIsNotConnectedTo(String host) {
    ClientSession session =
        session(
            s ->
                s.egress(e -> e.withDeny(List.of("private")))
                    .dns(d -> d.withHost("rebound.test", "127.0.0.1")));
    assertDenied(session, target.at(host) + "/", "egress.deny has 'private'");
    assertThat(target.accepted()).isZero();
    assertThat(session.statistics().failures()).containsEntry(FailureKind.EGRESS_DENIED, 1L);
  }

  @Test
  void theExceptionNamesTheAddressTheHostAndTheSetting() {
    ClientSession session = denying("private");
    assertDenied(
        session,
        target.at("localhost") + "/?token=secret",
        "session '" + session.name() + "': GET " + target.at("localhost") + "/?…",
        "an address of the host 'localhost': egress.deny has 'private'",
        "change client-session." + session.name() + ".egress.allow or client-session.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2130706433",
        "0x7f.1",
        "127.1",
        "0x7f000001",
        "0177.0.0.1",
        "１２７.０.０.１",
        "127。0。0。1",
        "%31%32%37.0.0.1",
        "ⓛocalhost"
      })
  void addressesInOtherFormsDoNotPass(String host) {
    ClientSession session = denying("private");
    Throwable failure = catchThrowable(() -> get(session, target.at(host) + "/"));
    assertThat(failure)
        .isInstanceOfAny(EgressDeniedException.class, IllegalArgumentException.class);
    assertThat(target.accepted()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"169.254.169.254", "[fd00:ec2::254]", "10.0.0.1", "100.100.100.200"})
  void metadataIsNotAskedFor(String host) {
    assertDenied(denying("private"), "http://" + host + "/latest/", "egress.deny has 'private'");
  }

  // ---- lists ----------------------------------------------------------------------------------

  @Test
  void onlyWhatIsAllowedIsConnectedTo() throws Exception {
    ClientSession session =
        session(
            s ->
                s.egress(e -> e.withAllow(List.of("api.test", "127.0.0.2/32")))
                    .dns(
                        d ->
                            d.withHost("api.test", "127.0.0.3")
                                .withHost("other.test", "127.0.0.3")
                                .withHost("two.test", "127.0.0.2")));
    assertThat(get(session, target.at("api.test") + "/")).isEqualTo("127.0.0.3");
    assertThat(get(session, target.at("two.test") + "/")).isEqualTo("127.0.0.2");
    assertDenied(session, target.at("other.test") + "/", "egress.allow does not have it");
    assertDenied(session, target.at("127.0.0.3") + "/", "egress.allow does not have it");
  }

  @Test
  void anAllowedNameDoesNotLeadToADeniedAddress() {
    ClientSession session =
        session(
            s ->
                s.egress(e -> e.withAllow(List.of("api.test")).withDeny(List.of("127.0.0.0/8")))
                    .dns(d -> d.withHost("api.test", "127.0.0.1")));
    assertDenied(session, target.at("api.test") + "/", "egress.deny has '127.0.0.0/8'");
    assertThat(target.accepted()).isZero();
  }

  @Test
  void aDeniedAddressIsLeftOutOfTheRace() throws Exception {
    ClientSession session =
        session(
            s ->
                s.egress(e -> e.withDeny(List.of("127.0.0.1", "127.0.0.3")))
                    .dns(d -> d.withHost("three.test", "127.0.0.1,127.0.0.2,127.0.0.3")));
    assertThat(get(session, target.at("three.test") + "/")).isEqualTo("127.0.0.2");
  }

  @Test
  void aPortCanBeDenied() throws Exception {
    assertDenied(
        denying("127.0.0.1:" + target.port()), target.at("127.0.0.1") + "/", "egress.deny");
    assertThat(get(denying("127.0.0.1:1"), target.at("127.0.0.1") + "/")).isEqualTo("127.0.0.1");
  }

  @Test
  void withoutRulesEverythingIsConnectedTo() throws Exception {
    assertThat(get(session(s -> s), target.at("127.0.0.1") + "/")).isEqualTo("127.0.0.1");
  }

  // ---- redirects and reuse --------------------------------------------------------------------

  @Test
  void aRedirectIsJudgedAsAnyOtherRequest() {
    ClientSession session = denying("127.0.0.2");
    assertDenied(
        session,
        target.at("127.0.0.1") + "/to?" + target.at("127.0.0.2") + "/",
        "egress.deny has '127.0.0.2'");
    assertThat(target.accepted()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "localhost", "[::ffff:127.0.0.1]"})
  void aWebSocketIsJudgedAsARequest(String host) {
    ClientSession session = denying("private");
    String uri = target.at(host).replace("http:", "ws:") + "/";
    assertThat(catchThrowable(() -> session.webSocket(uri).connect()))
        .isInstanceOf(EgressDeniedException.class)
        .hasMessageContainingAll("GET ws://", "egress.deny has 'private'");
    assertThat(target.accepted()).isZero();
    assertThat(session.statistics().failures()).containsEntry(FailureKind.EGRESS_DENIED, 1L);
  }

  @Test
  void aRedirectOfAWebSocketIsJudged() {
    ClientSession session = denying("127.0.0.2");
    String uri = target.at("127.0.0.1").replace("http:", "ws:") + "/to?";
    assertThat(
            catchThrowable(() -> session.webSocket(uri + target.at("127.0.0.2") + "/").connect()))
        .isInstanceOf(EgressDeniedException.class)
        .hasMessageContaining("egress.deny has '127.0.0.2'");
    assertThat(target.accepted()).isEqualTo(1);
  }

  @Test
  void aConnectionOfAnotherSessionIsNoWayAroundTheRules() throws Exception {
    UnaryOperator<SessionSettingsBuilder> shared = s -> s.pool(p -> p.withName("shared"));
    ClientSession free = session(shared);
    ClientSession bound = session(s -> shared.apply(s).egress(e -> e.withDeny(List.of("private"))));
    String uri = target.at("127.0.0.1") + "/";

    assertThat(get(free, uri)).isEqualTo("127.0.0.1");
    assertThat(free.statistics().pool().idle()).isEqualTo(1);
    assertDenied(bound, uri, "private");
    assertThat(get(free, uri)).isEqualTo("127.0.0.1");
    assertThat(target.accepted()).isEqualTo(1);
  }

  @Test
  void sessionsWithTheSameRulesShareConnections() throws Exception {
    UnaryOperator<SessionSettingsBuilder> same =
        s -> s.pool(p -> p.withName("shared")).egress(e -> e.withAllow(List.of("127.0.0.0/8")));
    String uri = target.at("127.0.0.1") + "/";

    get(session(same), uri);
    get(session(same), uri);
    assertThat(target.accepted()).isEqualTo(1);
  }
}
