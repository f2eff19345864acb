package org.sessionregistry.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionregistry.Headers;
import org.sessionregistry.Request;
import org.sessionregistry.RequestBody;
import org.sessionregistry.RequestBuilder;
import org.sessionregistry.connector.HeaderBlock;
import org.sessionregistry.settings.SessionSettings;
import org.sessionregistry.settings.SessionSettingsBuilder;

class HeaderMergeTest {
  private static final String AGENT = SessionSettings.DEFAULT_USER_AGENT;

  private static final Set<String> ALWAYS = Set.of("Host", "User-Agent", "Accept-Encoding");

  /** The libraries of the others are there in tests. */
  private static final String CODINGS = "gzip, deflate, br, zstd";

  // ---- what is always sent --------------------------------------------------------------------

  @Test
  void aPlainRequestSaysHostAndAgentAndWhatCanBeDecompressed() {
    assertThat(merge(session(), get("/")))
        .isEqualTo(Headers.of("Host", "a", "User-Agent", AGENT, "Accept-Encoding", CODINGS));
  }

  @Test
  void aSessionThatDecompressesNothingAsksForNothingCompressed() {
    assertThat(merge(session().decompress(false), get("/")).contains("Accept-Encoding")).isFalse();
  }

  @Test
  void whatTheRequestItselfAcceptsIsSentAlone() {
    assertThat(
            merge(session(), get("/").header("Accept-Encoding", "identity")).all("Accept-Encoding"))
        .containsExactly("identity");
  }

  @Test
  void credentialsOfTheSessionAreSent() {
    SessionSettings settings = session().build();
    Targets targets = new Targets(settings);
    String[] fields =
        new HeaderMerge(settings)
            .merge(Outgoing.of(get("/").build(), targets.of("/")), "", "Bearer t")
            .fields();
    assertThat(Headers.of(fields).first("Authorization")).contains("Bearer t");
  }

  @ParameterizedTest(name = "{0} has Host: {1}")
  @CsvSource({
    "http://a/, a",
    "http://A:80/, a",
    "https://a:443/, a",
    "http://a:443/, a:443",
    "https://a:80/, a:80",
    "http://[::1]/, [::1]",
    "http://[::1]:8080/, [::1]:8080",
  })
  void theHostIsThatOfTheTargetWithoutADefaultPort(String uri, String host) {
    // RFC 9110 section 7.2
    assertThat(merge(session(), get(uri)).all("Host")).containsExactly(host);
  }

  @Test
  void aHostOfTheRequestWins() {
    assertThat(merge(session(), get("/").header("Host", "virtual")).all("Host"))
        .containsExactly("virtual");
  }

  @Test
  void anEmptyAgentIsNotSent() {
    assertThat(merge(session().userAgent(""), get("/")).contains("User-Agent")).isFalse();
  }

  @Test
  void anAgentOfTheRequestWins() {
    assertThat(merge(session(), get("/").header("user-agent", "mine")).all("User-Agent"))
        .containsExactly("mine");
  }

  @Test
  void anAgentAmongTheDefaultHeadersWinsOverTheSetting() {
    assertThat(merge(session().header("User-Agent", "default"), get("/")).all("User-Agent"))
        .containsExactly("default");
  }

  // ---- the session's defaults -----------------------------------------------------------------

  @Test
  void defaultsAreSentInTheirOrder() {
    Headers sent = merge(session().decompress(false).header("B", "1").header("A", "2"), get("/"));
    assertThat(sent).isEqualTo(Headers.of("Host", "a", "User-Agent", AGENT, "B", "1", "A", "2"));
  }

  @Test
  void theRequestsValueWinsOverTheDefaultInAnyCase() {
    assertThat(merge(session().header("Accept", "x"), get("/").header("ACCEPT", "y")).all("Accept"))
        .containsExactly("y");
  }

  @Test
  void repeatedFieldsOfTheRequestAreAllSent() {
    assertThat(merge(session(), get("/").header("A", "1").header("a", "2")).all("A"))
        .containsExactly("1", "2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://a/", "http://a:81/", "http://b/", "http://a.b/", "//c/"})
  void defaultsAreNotSentToAnotherOrigin(String elsewhere) {
    Headers sent = merge(session().header("X-Api-Key", "s3cr3t"), get(elsewhere));
    assertThat(sent.contains("X-Api-Key")).isFalse();
  }

  @Test
  void defaultsForAnywhereAreSentToAnotherOrigin() {
    SessionSettingsBuilder session =
        session().header("Accept", "x").header("X-Api-Key", "s3cr3t").headerAnywhere("ACCEPT");
    Headers sent = merge(session, get("http://b/"));
    assertThat(sent.contains("Accept")).isTrue();
    assertThat(sent.contains("X-Api-Key")).isFalse();
  }

  @Test
  void withoutABaseUrlDefaultsAreSentEverywhere() {
    Headers sent = merge(SessionSettings.builder("s").header("A", "1"), get("http://any/"));
    assertThat(sent.contains("A")).isTrue();
  }

  @Test
  void aRequestsOwnFieldsAreSentAnywhere() {
    assertThat(merge(session(), get("http://b/").header("A", "1")).contains("A")).isTrue();
  }

  // ---- cookies --------------------------------------------------------------------------------

  @Test
  void cookiesOfTheJarAreSent() {
    assertThat(merge(session(), get("/"), "a=1; b=2").all("Cookie")).containsExactly("a=1; b=2");
  }

  @Test
  void cookiesOfTheRequestFollowThoseOfTheJarInOneField() {
    // RFC 6265 section 5.4: one Cookie field at most
    assertThat(merge(session(), get("/").cookie("c", "3").cookie("d", "4"), "a=1").all("Cookie"))
        .containsExactly("a=1; c=3; d=4");
  }

  @Test
  void cookiesOfTheRequestAloneAreSent() {
    assertThat(merge(session(), get("/").cookie("c", "3")).all("Cookie")).containsExactly("c=3");
  }

  @Test
  void aCookieFieldOfTheRequestReplacesTheJar() {
    assertThat(merge(session(), get("/").header("Cookie", "x=y"), "a=1").all("Cookie"))
        .containsExactly("x=y");
  }

  // ---- framing --------------------------------------------------------------------------------

  @ParameterizedTest(name = "{0}: Content-Length {1}")
  @CsvSource({
    "GET, none",
    "HEAD, none",
    "DELETE, none",
    "OPTIONS, none",
    "POST, 0",
    "PUT, 0",
    "PATCH, 0",
  })
  void anEmptyBodyHasALengthWhereABodyIsExpected(String method, String length) {
    // RFC 9110 section 8.6
    Headers sent = merge(session(), request(method, "/"));
    assertThat(sent.first("Content-Length").orElse("none")).isEqualTo(length);
    assertThat(sent.contains("Transfer-Encoding")).isFalse();
  }

  @Test
  void aBodyOfKnownLengthSaysSo() {
    // RFC 9112 section 6.2
    Headers sent = merge(session(), request("GET", "/").body("grün"));
    assertThat(sent.all("Content-Length")).containsExactly("5");
    assertThat(sent.contains("Transfer-Encoding")).isFalse();
  }

  @Test
  void aBodyOfUnknownLengthIsChunked() {
    // RFC 9112 section 6.1
    Headers sent =
        merge(session(), request("POST", "/").body(RequestBody.ofPublisher(subscriber -> {})));
    assertThat(sent.all("Transfer-Encoding")).containsExactly("chunked");
    assertThat(sent.contains("Content-Length")).isFalse();
  }

  @Test
  void aBodySaysItsType() {
    assertThat(merge(session(), request("POST", "/").body("x")).all("Content-Type"))
        .containsExactly("text/plain; charset=utf-8");
  }

  @Test
  void aTypeOfTheRequestWins() {
    RequestBuilder request = request("POST", "/").header("content-type", "a/b").body("x");
    assertThat(merge(session(), request).all("Content-Type")).containsExactly("a/b");
  }

  @Test
  void aBodyWithoutATypeSendsNone() {
    RequestBuilder request = request("POST", "/").body(RequestBody.ofPublisher(s -> {}, 3));
    assertThat(merge(session(), request).contains("Content-Type")).isFalse();
  }

  // ---- invariants -----------------------------------------------------------------------------

  /** Whatever settings and request accept, a line can never be smuggled in. */
  @Test
  void nothingThatIsAcceptedCanBeginAnotherLine() {
    Random random = new Random(20260104);
    int built = 0;
    for (int i = 0; i < 30_000; i++) {
      SessionSettings settings;
      Request request;
      try {
        settings =
            session()
                .header(name(random), text(random))
                .header(name(random), text(random))
                .userAgent(text(random))
                .build();
        request =
            request("POST", "/")
                .header(name(random), text(random))
                .cookie(name(random), text(random))
                .bearerAuth(text(random))
                .basicAuth(name(random), text(random))
                .body(random.nextBoolean() ? RequestBody.empty() : RequestBody.ofText("x"))
                .build();
      } catch (IllegalArgumentException refused) {
        continue;
      }
      built++;
      Targets targets = new Targets(settings);
      String[] fields =
          new HeaderMerge(settings)
              .merge(Outgoing.of(request, targets.of(request.reference())), "", null)
              .fields();
      assertThat(fields).hasSizeGreaterThan(4);
      for (int f = 0; f < fields.length; f += 2) {
        assertThat(fields[f]).matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
        assertThat(fields[f + 1]).matches("[\t\\x20-\\x7e\\xa0-\\xff\\x80-\\x9f]*");
      }
      assertFramedOnce(fields);
    }
    assertThat(built).isGreaterThan(100);
  }

  private static void assertFramedOnce(String[] fields) {
    List<String> framing = new ArrayList<>();
    for (int i = 0; i < fields.length; i += 2) {
      String name = fields[i].toLowerCase(Locale.ROOT);
      if (name.equals("content-length") || name.equals("transfer-encoding")) {
        framing.add(name);
      }
    }
    assertThat(framing).as("framing (RFC 9112 section 6.3)").hasSize(1);
  }

  private static String name(Random random) {
    String[] names = {
      "A", "x-b", "Accept", "Via", "Content-Length", "Transfer-Encoding", "a:", "é"
    };
    return names[random.nextInt(names.length)];
  }

  private static String text(Random random) {
    String characters =
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa ,=\"\t\u00e9\u00ff:\r\n\0;\u2028";
    StringBuilder text = new StringBuilder();
    for (int n = random.nextInt(5); n > 0; n--) {
      text.append(characters.charAt(random.nextInt(characters.length())));
    }
    return text.toString();
  }

  // ---- what is made once ----------------------------------------------------------------------

  @Test
  void requestsThatSayNothingThemselvesShareTheirFields() {
    Merging merging = new Merging(session().header("X", "1"));
    HeaderBlock first = merging.block(get("/a"), "c=1");
    assertThat(merging.block(get("/b?q"), "c=1")).isSameAs(first);
    assertThat(merging.block(request("HEAD", "/a"), "c=1")).isSameAs(first);
    assertThat(Headers.of(first.fields()).all("Cookie")).containsExactly("c=1");
  }

  @ParameterizedTest
  @CsvSource({
    "cookies have changed, GET, http://a/, c=2, X|1|Cookie|c=2",
    "it goes elsewhere, GET, http://b/, c=1, Cookie|c=1",
    "it may have a body, POST, http://a/, c=1, X|1|Cookie|c=1|Content-Length|0",
  })
  void aRequestOfWhichOneThingIsDifferentDoesNot(
      String why, String method, String uri, String cookies, String said) {
    Merging merging = new Merging(session().header("X", "1"));
    HeaderBlock first = merging.block(get("/"), "c=1");
    HeaderBlock other = merging.block(request(method, uri), cookies);
    assertThat(other).as(why).isNotSameAs(first);
    Headers fields = Headers.of(other.fields());
    assertThat(fields.first("Host")).contains(URI.create(uri).getHost());
    assertThat(fields.filter(name -> !ALWAYS.contains(name)))
        .isEqualTo(Headers.of(said.split("\\|")));
    assertThat(merging.block(get("/"), "c=1").fields()).isEqualTo(first.fields());
  }

  @Test
  void whatARequestSaysItselfIsNotSaidByTheNext() {
    Merging merging = new Merging(session());
    String[] plain = merging.block(get("/"), "").fields();
    for (RequestBuilder own :
        List.of(get("/").header("X", "own"), get("/").cookie("c", "own"), get("/").body("own"))) {
      assertThat(merging.block(own, "").fields()).isNotEqualTo(plain);
      assertThat(merging.block(get("/"), "").fields()).isEqualTo(plain);
    }
  }

  /** A session's, for several requests. */
  private static final class Merging {
    private final SessionSettings settings;
    private final HeaderMerge merge;

    Merging(SessionSettingsBuilder session) {
      settings = session.build();
      merge = new HeaderMerge(settings);
    }

    HeaderBlock block(RequestBuilder builder, String jarCookies) {
      Request request = builder.build();
      Target target = new Targets(settings).of(request.reference());
      return merge.merge(Outgoing.of(request, target), jarCookies, null);
    }
  }

  // ---- the world ------------------------------------------------------------------------------

  private static SessionSettingsBuilder session() {
    return SessionSettings.builder("s").baseUrl("http://a/");
  }

  private static RequestBuilder get(String reference) {
    return request("GET", reference);
  }

  private static RequestBuilder request(String method, String reference) {
    return World.simple().request(method, reference);
  }

  private static Headers merge(SessionSettingsBuilder session, RequestBuilder request) {
    return merge(session, request, "");
  }

  private static Headers merge(
      SessionSettingsBuilder session, RequestBuilder builder, String jarCookies) {
    return Headers.of(new Merging(session).block(builder, jarCookies).fields());
  }
}
