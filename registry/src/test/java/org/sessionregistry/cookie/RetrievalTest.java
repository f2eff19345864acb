package org.sessionregistry.cookie;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.StringJoiner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetrievalTest {
  private final TestJar test = TestJar.create();

  @ParameterizedTest(name = "§5.8.3 step 3: {0} gets [{1}]")
  @CsvSource({
    "https://www.example.com/, domain=1; host=2; tls=3",
    "https://WWW.EXAMPLE.COM/, domain=1; host=2; tls=3",
    "https://www.example.com:8443/, domain=1; host=2; tls=3",
    "wss://www.example.com/, domain=1; host=2; tls=3",
    "http://www.example.com/, domain=1; host=2",
    "ws://www.example.com/, domain=1; host=2",
    "http://www.example.com/dir, dir=4; domain=1; host=2",
    "http://www.example.com/dir/, dir=4; domain=1; host=2",
    "http://www.example.com/dir/x?y, dir=4; domain=1; host=2",
    "http://www.example.com/directory, domain=1; host=2",
    "http://www.example.com/?/dir, domain=1; host=2",
    "http://a.www.example.com/, domain=1",
    "http://example.com/, domain=1",
    "http://badexample.com/, ''",
    "http://other.com/, ''",
    "http://com/, ''",
    "http://www.example.com./, ''",
    "http://1.1.1.1/, ''",
  })
  void aRequestGetsWhatIsMeantForIt(String uri, String header) {
    test.received(
        "https://www.example.com/x",
        "domain=1; Domain=example.com",
        "host=2",
        "tls=3; Secure",
        "dir=4; Path=/dir");
    assertThat(test.header(uri)).isEqualTo(header);
  }

  @Test
  void longerPathsComeFirstThenOlderCookies() { // §5.8.3 step 4
    String uri = "https://a.b.example.com/x/y/z";
    test.received(uri, "1=root; Path=/", "2=dir; Path=/x", "3=deep; Path=/x/y", "4=dir; Path=/x");
    test.after(Duration.ofSeconds(1));
    test.received(
        uri, "5=domain; Path=/x/y; Domain=example.com", "6=domain; Path=/; Domain=b.example.com");
    test.received(uri, "2=again; Path=/x");
    String expected = "3=deep; 5=domain; 2=again; 4=dir; 1=root; 6=domain";
    assertThat(test.header(uri)).isEqualTo(expected);
    assertThat(test.jar.matching(URI.create(uri)))
        .extracting(cookie -> cookie.name() + "=" + cookie.value())
        .containsExactly(expected.split("; ", -1));
  }

  @Test
  void cookiesOfTheSameInstantKeepTheOrderOfTheirArrival() {
    StringJoiner expected = new StringJoiner("; ");
    for (int i = 0; i < 20; i++) {
      test.received("https://w.example.com/", i + "=; Domain=" + (i % 2 == 0 ? "" : "example.com"));
      expected.add(i + "=");
    }
    assertThat(test.header("https://w.example.com/")).isEqualTo(expected.toString());
  }

  @Test
  void anApplicationsOlderCookieComesFirst() {
    test.received("https://a.example/", "new=1");
    Cookie old =
        Cookie.forHost(URI.create("https://a.example/"), "old", "2", TestJar.START.minusSeconds(9));
    test.jar.put(old);
    assertThat(test.header("https://a.example/")).isEqualTo("old=2; new=1");
  }

  @ParameterizedTest(name = "§5.8.3 step 6: [{0}] is sent as [{1}]")
  @CsvSource({
    "a=b, a=b",
    "a=, a=",
    "=b, b",
    "b, b",
    "' a = b ', a=b",
    "'a=\"b, c\"', 'a=\"b, c\"'",
    "a=%20+, a=%20+",
    "a=b=c, a=b=c",
    "a=\u00e9, a=\u00e9",
  })
  void aCookieIsSentAsItCame(String field, String header) {
    assertThat(test.received("https://a.example/", field).header("https://a.example/"))
        .isEqualTo(header);
  }

  @Test
  void oneMatchIsWrittenOnce() {
    test.received("https://a.example/", "a=b");
    assertThat(test.header("https://a.example/")).isSameAs(test.header("https://a.example/x"));
    assertThat(test.jar.matching(URI.create("https://a.example/"))).hasSize(1);
  }

  @Test
  void anInternationalHostIsOneHost() { // §5.1.2
    test.received("https://bücher.example/", "a=b");
    assertThat(test.header("https://xn--bcher-kva.example/")).isEqualTo("a=b");
  }
}
