package org.sessionregistry.cookie;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.sessionregistry.settings.CookieJarSettings;

/** Prints what things cost; asserts only what would be wrong by an order of magnitude. */
class CookieJarTimingTest {
  private static final int ROUNDS = 200_000;

  @Test
  void aLookupInAFullJar() {
    CookieJar jar = fullJar();
    print("no match", jar, "https://api.unknown.example/v1/items");
    print("one match", jar, "https://h77.example.com/v1/items");
    print("three matches of two domains", jar, "https://w.h5.example.org/v1/items");
    URI unknown = URI.create("https://api.unknown.example/v1/items");
    assertThat(allocated(jar, unknown)).as("bytes for a lookup without a match").isLessThan(1.0);
  }

  @Test
  void readingThePublicSuffixes() throws IOException {
    long start = System.nanoTime();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(
                    PublicSuffixes.class.getResourceAsStream("public_suffix_list.dat")),
                StandardCharsets.UTF_8))) {
      assertThat(PublicSuffixes.read(lines).contains("com")).isTrue();
    }
    System.out.printf(
        Locale.ROOT, "public suffixes read in %.1f ms%n", (System.nanoTime() - start) / 1e6);
  }

  private static CookieJar fullJar() {
    CookieJar jar = CookieJar.inMemory(CookieJarSettings.DEFAULTS, InstantSource.system());
    for (int i = 0; i < 1_000; i++) {
      String cookie = "sid" + i + "=0123456789abcdef; Path=/; Secure";
      jar.store(URI.create("https://h" + i + ".example.com/"), List.of(cookie));
      jar.store(URI.create("https://w.h" + i + ".example.org/"), List.of(cookie));
      jar.store(
          URI.create("https://w.h" + i + ".example.org/v1/"),
          List.of("d=1; Domain=h" + i + ".example.org"));
    }
    assertThat(jar.cookies()).hasSize(3_000);
    return jar;
  }

  private static void print(String what, CookieJar jar, String text) {
    URI uri = URI.create(text);
    double best = Double.MAX_VALUE;
    for (int round = 0; round < 8; round++) {
      long start = System.nanoTime();
      int length = 0;
      for (int i = 0; i < ROUNDS; i++) {
        length += jar.header(uri).length();
      }
      assertThat(length).isNotNegative();
      best = Math.min(best, (System.nanoTime() - start) / (double) ROUNDS);
    }
    System.out.printf(
        Locale.ROOT,
        "cookie match, jar of 3000, %s: %.0f ns, %.0f B%n",
        what,
        best,
        allocated(jar, uri));
    assertThat(best).as("nanoseconds").isLessThan(20_000);
  }

  private static double allocated(CookieJar jar, URI uri) {
    if (!(ManagementFactory.getThreadMXBean() instanceof com.sun.management.ThreadMXBean bean)) {
      return 0;
    }
    long before = bean.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < ROUNDS; i++) {
      jar.header(uri);
    }
    return (bean.getCurrentThreadAllocatedBytes() - before) / (double) ROUNDS;
  }
}
