package org.sessionregistry.cookie;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * A jar in memory with a clock that the test moves.
 *
 * <p>For one thread, but for {@link #jar}.
 */
final class TestJar implements InstantSource {
  static final Instant START = Instant.parse("2026-01-15T12:00:00Z");

  final CookieJar jar;
  private volatile Instant now = START;

  private TestJar(boolean ipHosts, boolean publicSuffixes, CookieLimits limits) {
    jar = new MemoryCookieJar(new Reception(ipHosts, publicSuffixes), limits, this);
  }

  static TestJar create() {
    return new TestJar(false, true, CookieLimits.DEFAULT);
  }

  static TestJar withIpHosts() {
    return new TestJar(true, true, CookieLimits.DEFAULT);
  }

  static TestJar withoutPublicSuffixes() {
    return new TestJar(false, false, CookieLimits.DEFAULT);
  }

  static TestJar withLimits(int perDomain, int total) {
    return new TestJar(false, true, new CookieLimits(perDomain, total));
  }

  /** A response to {@code uri} sets cookies. */
  TestJar received(String uri, String... setCookie) {
    jar.store(URI.create(uri), List.of(setCookie));
    return this;
  }

  String header(String uri) {
    return jar.header(URI.create(uri));
  }

  Cookie only() {
    List<Cookie> cookies = jar.cookies();
    if (cookies.size() != 1) {
      throw new AssertionError("not one cookie: " + cookies);
    }
    return cookies.get(0);
  }

  List<String> names() {
    return jar.cookies().stream().map(Cookie::name).toList();
  }

  TestJar after(Duration time) {
    now = now.plus(time);
    return this;
  }

  @Override
  public Instant instant() {
    return now;
  }
}
