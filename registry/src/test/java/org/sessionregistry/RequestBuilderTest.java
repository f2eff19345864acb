package org.sessionregistry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionregistry.settings.Priority;

class RequestBuilderTest {
  private final UnsentSession session = new UnsentSession();

  @Test
  void eachMethodOfTheSessionStartsARequestOfThatMethod() {
    Map<String, BiFunction<ClientSession, String, RequestBuilder>> starters =
        Map.of(
            "GET", ClientSession::get,
            "HEAD", ClientSession::head,
            "POST", ClientSession::post,
            "PUT", ClientSession::put,
            "PATCH", ClientSession::patch,
            "DELETE", ClientSession::delete,
            "OPTIONS", ClientSession::options);
    assertThat(starters)
        .allSatisfy(
            (method, start) ->
                assertThat(start.apply(session, "/").build().method()).isEqualTo(method));
  }

  @Test
  void aMethodIsSentAsItIsWritten() {
    assertThat(session.request("propFind", "/").build().method()).isEqualTo("propFind");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "GET ", "GE T", "GET\r\nX: y", "GÉT", "GET/1", "(GET)"})
  void aMethodThatIsNoTokenIsRefused(String method) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> session.request(method, "/"))
        .withMessageContaining("RFC 9110 section 9.1");
  }

  @Test
  void aTunnelIsNoRequest() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> session.request("CONNECT", "/"))
        .withMessageContaining("RFC 9110 section 9.3.6");
  }

  @Test
  void aUriIsUsedAsItIs() {
    URI uri = URI.create("http://h/a%20b?q=%7Bx%7D");
    assertThat(session.request("GET", uri).build().reference()).isEqualTo(uri.toString());
  }

  @Test
  void variablesAndParametersMakeTheReference() {
    Request request =
        session.get("/u/{id}").path("id", "a b").query("page", 2).query("tag", "ö").build();
    assertThat(request.reference()).isEqualTo("/u/a%20b?page=2&tag=%C3%B6");
  }

  @Test
  void aVariableThatIsSetTwiceHasItsLastValue() {
    assertThat(session.get("/{id}").path("id", 1).path("id", 2).build().reference())
        .isEqualTo("/2");
  }

  @Test
  void headersAreKeptInTheirOrderAndMayRepeat() {
    Request request = session.get("/").header("A", "1").header("B", "2").header("a", "3").build();
    assertThat(request.headers()).isEqualTo(Headers.of("A", "1", "B", "2", "a", "3"));
  }

  @ParameterizedTest(name = "[{index}] {0}")
  @CsvSource({
    "'', not empty",
    "'a b', 5.6.2",
    "'a:', 5.6.2",
    "'a\r\nb', 5.6.2",
    "'ä', 5.6.2",
    "Content-Length, frames",
    "transfer-encoding, frames",
    "CONNECTION, frames",
    "TE, frames",
    "Upgrade, frames",
    "Expect, frames",
  })
  void aHeaderNameThatCannotBeSentIsRefused(String name, String reason) {
    RequestBuilder builder = session.get("/");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.header(name, "x"))
        .withMessageContaining(reason)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\r", "\n"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\rb", "a\nb", "a\r\nX: y", "a\0b", "\u0001", "\u007f", "€", "\ud83d"})
  void aHeaderValueThatCannotBeSentIsRefused(String value) {
    RequestBuilder builder = session.get("/");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.header("X", value))
        .withMessageContaining("header 'X'")
        .withMessageContaining("RFC 9110 section 5.5");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a\tb", "é", "\u00ff", "a, b; c=\"d\""})
  void aHeaderValueOfIso88591IsSent(String value) {
    assertThat(session.get("/").header("X", value).build().headers().first("X")).contains(value);
  }

  @Test
  void theValueOfARefusedHeaderIsNotRepeated() {
    RequestBuilder builder = session.get("/");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.header("Authorization", "Bearer s3cr3t\n"))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("s3cr3t"));
  }

  @Test
  void cookiesAreKeptAsPairs() {
    assertThat(session.get("/").cookie("a", "1").cookie("b", "\"x\"").build().cookies())
        .containsExactly("a=1", "b=\"x\"");
  }

  @ParameterizedTest
  @CsvSource({"'', x", "'a b', x", "'a=', x", "a, 'x;y'", "a, 'x\ry'", "a, 'x\ny'", "a, ☃"})
  void aCookieThatCannotBeSentIsRefused(String name, String value) {
    RequestBuilder builder = session.get("/");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.cookie(name, value))
        .withMessageContaining("cookie '" + name + "'");
  }

  @ParameterizedTest(name = "{0}:{1} is {2} ({3})")
  @CsvSource({
    "Aladdin, open sesame, QWxhZGRpbjpvcGVuIHNlc2FtZQ==, RFC 7617 section 2",
    "test, 123£, dGVzdDoxMjPCow==, RFC 7617 section 2.1",
    "u, p:q, dTpwOnE=, RFC 7617 section 2",
  })
  void basicCredentialsAreEncodedAsUtf8(String user, String pass, String encoded, String section) {
    Request request = session.get("/").basicAuth(user, pass).build();
    assertThat(request.headers().all("Authorization")).containsExactly("Basic " + encoded);
  }

  @Test
  void aUserNameWithAColonIsRefused() {
    RequestBuilder builder = session.get("/");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.basicAuth("a:b", "s3cr3t"))
        .withMessageContaining("RFC 7617 section 2")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("s3cr3t"));
  }

  @Test
  void aBearerTokenIsSentAsItIs() {
    Request request = session.get("/").bearerAuth("mF_9.B5f-4.1JqM").build();
    assertThat(request.headers().all("Authorization")).containsExactly("Bearer mF_9.B5f-4.1JqM");
  }

  @Test
  void aTokenThatWouldBeginAnotherFieldIsRefused() {
    RequestBuilder builder = session.get("/");
    assertThatIllegalArgumentException().isThrownBy(() -> builder.bearerAuth("a\r\nX: y"));
  }

  @Test
  void withoutABodyItIsTheEmptyOne() {
    assertThat(session.get("/").build().body()).isSameAs(RequestBody.empty());
  }

  @Test
  void aTimeoutIsTheSessionsUnlessItIsSet() {
    assertThat(session.get("/").build().timeout()).isEmpty();
    assertThat(session.get("/").timeout(Duration.ZERO).build().timeout()).contains(Duration.ZERO);
  }

  @Test
  void aNegativeTimeoutIsRefused() {
    RequestBuilder builder = session.get("/");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.timeout(Duration.ofMillis(-1)))
        .withMessageContaining("PT-0.001S");
  }

  @Test
  void aPriorityIsTheSessionsUnlessItIsSet() {
    assertThat(session.get("/").build().priority()).isEmpty();
    assertThat(session.get("/").priority(Priority.LOW).build().priority()).contains(Priority.LOW);
  }

  @Test
  void aBuiltRequestDoesNotChangeWithItsBuilder() {
    RequestBuilder builder = session.get("/").header("A", "1").cookie("a", "1");
    Request built = builder.build();
    builder.header("B", "2").cookie("b", "2").query("q", "x").timeout(Duration.ofSeconds(1));

    assertThat(built.headers()).isEqualTo(Headers.of("A", "1"));
    assertThat(built.cookies()).containsExactly("a=1");
    assertThat(built.reference()).isEqualTo("/");
    assertThat(built.timeout()).isEmpty();
  }

  @Test
  void sendingGivesTheRequestToTheSession() throws Exception {
    session.get("/a").send();
    assertThat(session.sent).hasToString("GET /a");
    assertThat(session.blocking).isTrue();
  }

  @Test
  void sendingWithoutWaitingGivesTheFutureOfTheSession() {
    assertThat(session.get("/a").sendAsync()).isSameAs(session.answer);
    assertThat(session.blocking).isFalse();
  }

  @Test
  void theTextFormOfARequestHidesTheQuery() {
    assertThat(session.get("/login?user=a&password=s3cr3t").build()).hasToString("GET /login?…");
  }

  @Test
  void theTemplateIsKnownWhereItHidesSomething() {
    Request request = session.get("/users/{id}?all=1").path("id", 7).query("page", 2).build();
    assertThat(request.reference()).isEqualTo("/users/7?all=1&page=2");
    assertThat(request.template()).contains("/users/{id}?all=1");
    assertThat(request.withHeader("X", "y").withMethod("PUT").template()).isPresent();
    assertThat(session.get("/users/7").build().template()).isEmpty();
  }

  @Test
  void whatIsAttachedStaysWithEveryCopy() {
    Request plain = session.get("/").build();
    Request attached =
        plain.withAttachment(CharSequence.class, "note").withAttachment(Long.class, 1L);
    Request copy =
        attached
            .withHeader("X", "y")
            .withMethod("PUT")
            .withReference("/b")
            .withoutCookies()
            .withBody(RequestBody.empty())
            .withTimeout(Duration.ZERO);
    assertThat(copy.attachment(CharSequence.class)).contains("note");
    assertThat(copy.attachment(Long.class)).contains(1L);
    assertThat(copy.attachment(String.class)).isEmpty();
    assertThat(plain.attachment(Long.class)).isEmpty();
    assertThat(copy.withAttachment(Long.class, 2L).attachment(Long.class)).contains(2L);
  }
}
