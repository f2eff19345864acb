package org.sessionregistry.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionregistry.Headers;
import org.sessionregistry.RequestBody;
import org.sessionregistry.Response;
import org.sessionregistry.settings.AuthSettings;

/** User name and password that prove themselves (RFC 7616). */
class DigestTest {
  private static final String NONCE = "nonce=\"n\", qop=\"auth\"";

  private static DigestChallenge asked(String... challenges) {
    return DigestChallenge.strongest(answer(challenges)).orElseThrow();
  }

  private static Headers answer(String... challenges) {
    return Headers.of(
        Arrays.stream(challenges)
            .flatMap(challenge -> Arrays.asList("WWW-Authenticate", challenge).stream())
            .toArray(String[]::new));
  }

  private static DigestCredentials credentials() {
    return new DigestCredentials("u", "p", () -> "c");
  }

  // ---- the proof ------------------------------------------------------------------------------

  @ParameterizedTest(name = "RFC 7616 section 3.9.1, {0}")
  @CsvSource({
    "MD5, 8ca523f5e9506fed4657c9700eebdbec",
    "SHA-256, 753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1",
  })
  void theFirstExample(String algorithm, String response) {
    DigestChallenge challenge =
        asked(
            "Digest realm=\"http-auth@example.org\", qop=\"auth, auth-int\", algorithm="
                + algorithm
                + ", nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\","
                + " opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"");
    assertThat(
            challenge.answer(
                "Mufasa",
                "Circle of Life",
                "GET",
                "/dir/index.html",
                "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ"))
        .isEqualTo(
            "Digest username=\"Mufasa\", realm=\"http-auth@example.org\","
                + " uri=\"/dir/index.html\", algorithm="
                + algorithm
                + ", nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", nc=00000001,"
                + " cnonce=\"f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ\", qop=auth,"
                + " response=\""
                + response
                + "\", opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"");
  }

  /** With the hashes of erratum 4897: the document truncates SHA-512 instead of SHA-512/256. */
  @Test
  void theSecondExample() {
    DigestChallenge challenge =
        asked(
            "Digest realm=\"api@example.org\", qop=\"auth\", algorithm=SHA-512-256,"
                + " nonce=\"5TsQWLVdgBdmrQ0XsxbDODV+57QdFR34I9HAbC/RVvkK\","
                + " opaque=\"HRPCssKJSGjCrkzDg8OhwpzCiGPChXYjwrI2QmXDnsOS\", charset=UTF-8,"
                + " userhash=true");
    assertThat(
            challenge.answer(
                "J\u00e4s\u00f8n Doe",
                "Secret, or not?",
                "GET",
                "/doe.json",
                "NTg6RKcb9boFIAS3KrFK9BGeh+iDa/sm6jUMp2wds69v"))
        .as("RFC 7616 section 3.9.2")
        .isEqualTo(
            "Digest username="
                + "\"793263caabb707a56211940d90411ea4a575adeccb7e360aeb624ed06ece9b0b\","
                + " realm=\"api@example.org\", uri=\"/doe.json\", algorithm=SHA-512-256,"
                + " nonce=\"5TsQWLVdgBdmrQ0XsxbDODV+57QdFR34I9HAbC/RVvkK\", nc=00000001,"
                + " cnonce=\"NTg6RKcb9boFIAS3KrFK9BGeh+iDa/sm6jUMp2wds69v\", qop=auth, response="
                + "\"3798d4131c277846293534c3edc11bd8a5e4cdcbff78b05db9d95eeb1cec68a5\","
                + " opaque=\"HRPCssKJSGjCrkzDg8OhwpzCiGPChXYjwrI2QmXDnsOS\", userhash=true");
  }

  @ParameterizedTest(name = "{0}, {1}")
  @CsvSource({
    // RFC 2617 section 3.5, and the same without qop as in RFC 2069 (RFC 2617 section 3.2.2.1)
    "', qop=\"auth,auth-int\"', 6629fae49393a05397450978507c4ef1",
    "'', 670fd8c2df070c60b045671b8b24ff02",
  })
  void serversOfTheTimeBefore(String qop, String response) {
    String answer =
        asked(
                "Digest realm=\"testrealm@host.com\","
                    + " nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\""
                    + qop)
            .answer("Mufasa", "Circle Of Life", "GET", "/dir/index.html", "0a4f113b");
    assertThat(answer).contains("response=\"" + response + "\"");
    assertThat(answer.contains("nc=")).isEqualTo(!qop.isEmpty());
    assertThat(answer.contains("cnonce=")).isEqualTo(!qop.isEmpty());
  }

  @ParameterizedTest(name = "RFC 7616 section 3.4.2, {0}")
  @CsvSource({
    "MD5-sess, b78689584487edd749f0f69be2f2ec95",
    "SHA-256-sess, 1b2aa209a71f05b23247e683f332517c8ed230b9accb98f2aa3d4f08b90baf08"
  })
  void theNoncesGoIntoTheSecretOfASession(String algorithm, String response) {
    assertThat(
            asked(
                    "Digest realm=\"http-auth@example.org\", nonce=\"n\", qop=auth, algorithm="
                        + algorithm)
                .answer("Mufasa", "Circle of Life", "GET", "/", "c"))
        .contains("algorithm=" + algorithm + ",")
        .contains("response=\"" + response + "\"");
  }

  @Test
  void aNameBeyondAsciiIsEncodedWhereItIsNotHashed() {
    assertThat(asked("Digest realm=r, " + NONCE).answer("J\u00e4s\u00f8n D", "p", "GET", "/", "c"))
        .as("RFC 7616 section 3.4, RFC 8187 section 3.2.1")
        .startsWith("Digest username*=UTF-8''J%C3%A4s%C3%B8n%20D, ");
  }

  @Test
  void quotesInANameStayWithinIt() {
    assertThat(asked("Digest realm=\"a\\\"b\", " + NONCE).answer("u\"\\", "p", "GET", "/", "c"))
        .startsWith("Digest username=\"u\\\"\\\\\", realm=\"a\\\"b\", ");
  }

  // ---- which challenge ------------------------------------------------------------------------

  @Test
  void theStrongestAlgorithmIsChosenWhateverTheOrder() {
    assertThat(
            asked(
                    "Digest realm=r, algorithm=MD5, " + NONCE,
                    "Basic realm=b",
                    "Digest realm=r, algorithm=SHA-512-256, " + NONCE,
                    "Digest realm=r, algorithm=SHA-256, " + NONCE)
                .answer("u", "p", "GET", "/", "c"))
        .as("RFC 7616 section 3.7")
        .contains("algorithm=SHA-512-256,");
  }

  @Test
  void anAlgorithmThatNobodyKnowsIsPassedOver() {
    assertThat(
            asked("Digest algorithm=SHA-3, " + NONCE, "Digest algorithm=md5, " + NONCE)
                .answer("u", "p", "GET", "/", "c"))
        .contains("algorithm=md5,");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Digest nonce=\"n\", qop=\"auth-int\"",
        "Digest nonce=\"n\", qop=\"auth-int,token\"",
        "Digest nonce=\"n\", algorithm=SHA-3",
        "Digest realm=\"no nonce\"",
        "Digest",
        "Basic realm=\"r\"",
        "Digest nonce=\"n",
        "",
      })
  void whatCannotBeAnsweredIsGivenUp(String challenge) {
    assertThat(DigestChallenge.strongest(answer(challenge))).isEmpty();
    assertThat(credentials().refused(null, answer(challenge))).isFalse();
  }

  // ---- one after the other --------------------------------------------------------------------

  @Test
  void nothingIsSaidBeforeItIsAskedFor() {
    assertThat(credentials().authorization("GET", "/")).isNull();
  }

  @Test
  void eachUseOfANonceIsCounted() {
    DigestCredentials ours = credentials();
    ours.refused(null, answer("Digest " + NONCE));
    assertThat(ours.authorization("GET", "/")).contains("nc=00000001,");
    assertThat(ours.authorization("GET", "/")).contains("nc=00000002,");
  }

  @Test
  void aNonceThatIsTooOldIsReplaced() {
    DigestCredentials ours = credentials();
    ours.refused(null, answer("Digest " + NONCE));
    String sent = ours.authorization("GET", "/");
    assertThat(ours.refused(sent, answer("Digest nonce=m, qop=auth, stale=TRUE")))
        .as("RFC 7616 section 3.3, stale")
        .isTrue();
    assertThat(ours.authorization("GET", "/")).contains("nonce=\"m\"").contains("nc=00000001");
  }

  @Test
  void theSameChallengeForManyKeepsTheCount() {
    DigestCredentials ours = credentials();
    ours.refused(null, answer("Digest " + NONCE));
    ours.authorization("GET", "/");
    ours.refused(null, answer("Digest " + NONCE));
    assertThat(ours.authorization("GET", "/")).contains("nc=00000002,");
  }

  @Test
  void aWrongPasswordIsNotAskedForTwice() {
    DigestCredentials ours = credentials();
    ours.refused(null, answer("Digest " + NONCE));
    String sent = ours.authorization("GET", "/");
    assertThat(ours.refused(sent, answer("Digest nonce=m, qop=auth"))).isFalse();
  }

  @Test
  void theServerMayAskForAnotherNonceInAdvance() {
    DigestCredentials ours = credentials();
    ours.refused(null, answer("Digest realm=r, opaque=o, " + NONCE));
    ours.authorization("GET", "/");
    ours.accepted(Headers.of("Authentication-Info", "qop=auth, nextnonce=\"m,1\", nc=00000001"));
    assertThat(ours.authorization("GET", "/"))
        .as("RFC 7616 section 3.5")
        .contains("nonce=\"m,1\", nc=00000001,")
        .contains("opaque=\"o\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "qop=auth", "nextnonce", "\"", "nextnonce="})
  void anAnswerWithoutAnotherNonceChangesNothing(String info) {
    DigestCredentials ours = credentials();
    ours.refused(null, answer("Digest " + NONCE));
    ours.authorization("GET", "/");
    ours.accepted(Headers.of("Authentication-Info", info));
    assertThat(ours.authorization("GET", "/")).contains("nonce=\"n\"").contains("nc=00000002");
  }

  // ---- an exchange ----------------------------------------------------------------------------

  private final World world = World.with(s -> s.auth(AuthSettings.digest("u", "p")));

  private void challenge(String more) {
    world
        .connection()
        .sent()
        .head(401, "WWW-Authenticate", "Digest realm=r, " + NONCE + more)
        .data("x")
        .end();
  }

  private String authorization() {
    return Headers.of(world.connection().request.headers()).first("Authorization").orElse("");
  }

  @Test
  void theFirstRequestIsSentOnceMoreAndTheNextBringsItsProofAlong() {
    CompletableFuture<Response> first = world.send(world.get("/x?y=z"));
    assertThat(authorization()).isEmpty();
    challenge("");
    assertThat(authorization()).contains("uri=\"/x?y=z\"").contains("nc=00000001");
    world.connection().respond(200, "");
    assertThat(first.join().status()).isEqualTo(200);
    assertThat(first.join().failedAttempts()).as("no retry").isEmpty();

    CompletableFuture<Response> second = world.send();
    assertThat(authorization()).contains("nc=00000002");
    world.connection().respond(200, "");
    assertThat(second).isCompleted();
    assertThat(world.connection().exchanges).isEqualTo(3);
    world.assertNothingIsLeft();
  }

  @Test
  void aWrongPasswordIsAnswered() {
    CompletableFuture<Response> future = world.send();
    challenge("");
    challenge("");
    assertThat(future.join().status()).isEqualTo(401);
    future.join().close();
    world.assertNothingIsLeft();
  }

  @Test
  void aServerThatFindsTheNonceTooOldIsAskedOnceMoreWithAnotherOne() {
    CompletableFuture<Response> future = world.send();
    challenge("");
    challenge(", stale=true");
    world.connection().respond(200, "");
    assertThat(future.join().status()).isEqualTo(200);
    world.assertNothingIsLeft();
  }

  @Test
  void aServerThatAlwaysFindsTheNonceTooOldIsGivenUp() {
    CompletableFuture<Response> future = world.send();
    for (int i = 0; i < 6; i++) {
      assertThat(future).isNotDone();
      challenge(", stale=true");
    }
    assertThat(future.join().status()).isEqualTo(401);
    assertThat(world.connection().exchanges).isEqualTo(6);
    future.join().close();
    world.assertNothingIsLeft();
  }

  @Test
  void aBodyThatIsGoneIsNotSentAgain() {
    RequestBody once = RequestBody.ofInputStream(new ByteArrayInputStream(new byte[1]));
    CompletableFuture<Response> future = world.send(world.request("POST", "/x").body(once));
    challenge("");
    assertThat(future.join().status()).isEqualTo(401);
    future.join().close();
    world.assertNothingIsLeft();
  }

  @Test
  void aPostWhoseBodyCanBeRepeatedIsSentAgain() {
    CompletableFuture<Response> future = world.send(world.request("POST", "/x").body("b"));
    challenge("");
    assertThat(authorization()).startsWith("Digest ");
    world.connection().respond(200, "");
    assertThat(future).isCompleted();
  }

  @Test
  void aRequestWithAHeaderOfItsOwnIsLeftAlone() {
    CompletableFuture<Response> future =
        world.send(world.get("/x").header("Authorization", "Own x"));
    challenge("");
    assertThat(authorization()).isEqualTo("Own x");
    assertThat(future.join().status()).isEqualTo(401);
  }

  @Test
  void thePasswordIsShownNowhere() {
    AuthSettings secret = AuthSettings.digest("u", "s3cret");
    World shown = World.with(s -> s.auth(secret));
    assertThat(shown.context.settings.toString()).doesNotContain("s3cret");
    assertThat(secret.toString()).doesNotContain("s3cret");
  }
}
