package org.sessionregistry.cookie;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EvictionTest {
  private static final Duration STEP = Duration.ofSeconds(1);

  @Test
  void aDomainKeepsNoMoreThanItsLimit() {
    TestJar test = TestJar.withLimits(3, 100);
    set(test, "https://a.example/", "1", "2", "3");
    assertThat(test.names()).containsExactly("1", "2", "3");
    set(test, "https://a.example/", "4", "5");
    assertThat(test.names()).containsExactly("3", "4", "5");
    set(test, "https://b.example/", "6");
    assertThat(test.names()).containsExactly("3", "4", "5", "6");
  }

  @Test
  void whatHasEndedGoesBeforeWhatIsAlive() { // §5.7, excess, 1
    TestJar test = TestJar.withLimits(3, 100);
    set(test, "https://a.example/", "1", "2");
    set(test, "https://a.example/", "3=; Secure; Max-Age=2");
    test.after(STEP);
    test.received("https://a.example/", "4=", "5=; Max-Age=9");
    assertThat(test.names()).containsExactly("2", "4", "5");
    TestJar mortal = TestJar.withLimits(3, 100);
    set(mortal, "https://a.example/", "1", "2", "3=; Secure; Max-Age=1", "4");
    assertThat(mortal.names()).containsExactly("1", "2", "4");
  }

  @Test
  void insecureCookiesOfACrowdedDomainGoBeforeSecureOnes() { // §5.7, excess, 2 and 3
    TestJar test = TestJar.withLimits(3, 100);
    set(test, "https://a.example/", "1=; Secure", "2", "3=; Secure", "4=; Secure");
    assertThat(test.names()).containsExactly("1", "3", "4");
    set(test, "https://a.example/", "5=; Secure");
    assertThat(test.names()).containsExactly("3", "4", "5");
  }

  @Test
  void whatWasUsedStays() { // §5.7, excess; §5.8.3 step 5
    TestJar test = TestJar.withLimits(3, 100);
    set(test, "https://a.example/", "1", "2=; Path=/x", "3");
    assertThat(test.header("https://a.example/")).isEqualTo("1=; 3=");
    test.after(STEP);
    set(test, "https://a.example/", "4");
    assertThat(test.names()).containsExactly("1", "3", "4");
  }

  @Test
  void aJarKeepsNoMoreThanItsLimit() { // §5.7, excess, 4
    TestJar test = TestJar.withLimits(10, 4);
    set(test, "https://a.example/", "1=; Secure", "2");
    set(test, "https://b.example/", "3");
    set(test, "https://c.example/", "4");
    assertThat(test.names()).containsExactly("1", "2", "3", "4");
    assertThat(test.header("http://a.example/")).isEqualTo("2=");
    test.after(STEP);
    set(test, "https://d.example/", "5");
    assertThat(test.names()).containsExactly("2", "3", "4", "5");
    set(test, "https://d.example/", "6");
    assertThat(test.names()).containsExactly("2", "4", "5", "6");
  }

  @Test
  void whatHasEndedDoesNotCount() {
    TestJar test = TestJar.withLimits(10, 3);
    test.received("https://a.example/", "1=; Max-Age=5", "2=; Max-Age=50").after(STEP);
    test.received("https://b.example/", "3=").after(Duration.ofSeconds(9));
    test.received("https://c.example/", "4=");
    assertThat(test.names()).containsExactly("2", "3", "4");
    test.after(Duration.ofSeconds(60)).received("https://c.example/", "5=");
    assertThat(test.names()).containsExactly("3", "4", "5");
  }

  @Test
  void replacingAndRemovingAreCountedRight() {
    TestJar test = TestJar.withLimits(10, 3);
    for (int i = 0; i < 50; i++) {
      test.received("https://a.example/", "1=" + i).received("https://b.example/", "2=" + i, "3=");
      test.received("https://b.example/", "3=; Max-Age=0").received("https://c.example/", "4=");
      test.jar.remove(test.jar.cookies().get(2));
    }
    test.received("https://d.example/", "5=");
    assertThat(test.names()).containsExactly("1", "2", "5");
    test.jar.clear();
    test.received("https://a.example/", "6=", "7=", "8=");
    assertThat(test.names()).containsExactly("6", "7", "8");
  }

  @Test
  void aFloodFromOneHostIsBounded() { // §6.1
    TestJar test = TestJar.create().received("https://a.example/", "mine=1");
    String[] flood =
        IntStream.range(0, 10_000)
            .mapToObj(i -> i + "=x; Domain=example.com")
            .toArray(String[]::new);
    test.received("https://flood.example.com/", flood);
    assertThat(test.jar.cookies()).hasSize(181);
    assertThat(test.header("https://a.example/")).isEqualTo("mine=1");
    assertThat(test.names()).contains("9999").doesNotContain("9819");
  }

  @Test
  void aFloodFromManyHostsIsBounded() { // §6.1
    TestJar test = TestJar.create();
    for (int i = 0; i < 10_000; i++) {
      test.received("https://h" + i + ".example/", "a=" + i);
    }
    assertThat(test.jar.cookies()).hasSize(3_000);
    assertThat(test.header("https://h6999.example/")).isEmpty();
    assertThat(test.header("https://h7000.example/")).isEqualTo("a=7000");
    assertThat(test.header("https://h9999.example/")).isEqualTo("a=9999");
  }

  /** Sets cookies one second after the other; a bare name is a cookie without value. */
  private static void set(TestJar test, String uri, String... cookies) {
    for (String cookie : cookies) {
      test.received(uri, cookie.contains("=") ? cookie : cookie + "=").after(STEP);
    }
  }
}
