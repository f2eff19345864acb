package org.sessionregistry.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UriResolutionTest {
  private static final URI BASE = URI.create("http://a/b/c/d;p?q");

  @ParameterizedTest(name = "{0}: {1} is {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "5.4.1 | g:h     | g:h",
        "5.4.1 | g       | http://a/b/c/g",
        "5.4.1 | ./g     | http://a/b/c/g",
        "5.4.1 | g/      | http://a/b/c/g/",
        "5.4.1 | /g      | http://a/g",
        "5.4.1 | //g     | http://g",
        "5.4.1 | ?y      | http://a/b/c/d;p?y",
        "5.4.1 | g?y     | http://a/b/c/g?y",
        "5.4.1 | #s      | http://a/b/c/d;p?q#s",
        "5.4.1 | g#s     | http://a/b/c/g#s",
        "5.4.1 | g?y#s   | http://a/b/c/g?y#s",
        "5.4.1 | ;x      | http://a/b/c/;x",
        "5.4.1 | g;x     | http://a/b/c/g;x",
        "5.4.1 | g;x?y#s | http://a/b/c/g;x?y#s",
        "5.4.1 | ''      | http://a/b/c/d;p?q",
        "5.4.1 | .       | http://a/b/c/",
        "5.4.1 | ./      | http://a/b/c/",
        "5.4.1 | ..      | http://a/b/",
        "5.4.1 | ../     | http://a/b/",
        "5.4.1 | ../g    | http://a/b/g",
        "5.4.1 | ../..   | http://a/",
        "5.4.1 | ../../  | http://a/",
        "5.4.1 | ../../g | http://a/g",
      })
  void aNormalReferenceIsResolvedAsTheStandardSays(String section, String reference, String result)
      throws URISyntaxException {
    assertThat(UriResolution.resolve(BASE, new URI(reference))).hasToString(result);
  }

  @ParameterizedTest(name = "{0}: {1} is {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "5.4.2 | ../../../g    | http://a/g",
        "5.4.2 | ../../../../g | http://a/g",
        "5.4.2 | /./g          | http://a/g",
        "5.4.2 | /../g         | http://a/g",
        "5.4.2 | g.            | http://a/b/c/g.",
        "5.4.2 | .g            | http://a/b/c/.g",
        "5.4.2 | g..           | http://a/b/c/g..",
        "5.4.2 | ..g           | http://a/b/c/..g",
        "5.4.2 | ./../g        | http://a/b/g",
        "5.4.2 | ./g/.         | http://a/b/c/g/",
        "5.4.2 | g/./h         | http://a/b/c/g/h",
        "5.4.2 | g/../h        | http://a/b/c/h",
        "5.4.2 | g;x=1/./y     | http://a/b/c/g;x=1/y",
        "5.4.2 | g;x=1/../y    | http://a/b/c/y",
        "5.4.2 | g?y/./x       | http://a/b/c/g?y/./x",
        "5.4.2 | g?y/../x      | http://a/b/c/g?y/../x",
        "5.4.2 | g#s/./x       | http://a/b/c/g#s/./x",
        "5.4.2 | g#s/../x      | http://a/b/c/g#s/../x",
        "5.4.2 | http:g        | http:g",
      })
  void anAbnormalReferenceIsResolvedAsTheStandardSays(
      String section, String reference, String result) throws URISyntaxException {
    assertThat(UriResolution.resolve(BASE, new URI(reference))).hasToString(result);
  }

  @ParameterizedTest(name = "{0}: {2} on {1} is {3}")
  @CsvSource(
      delimiter = '|',
      value = {
        "5.2.3 | http://a          | g      | http://a/g",
        "5.2.3 | http://a          | ../g   | http://a/g",
        "5.2.2 | http://a          | ''     | http://a",
        "5.2.2 | http://a          | ?y     | http://a?y",
        "5.2.3 | http://a/v1       | users  | http://a/users",
        "5.2.3 | http://a/v1/      | users  | http://a/v1/users",
        "5.2.2 | http://a/v1/      | /users | http://a/users",
        "5.2.2 | http://a/b?q      | #      | http://a/b?q#",
        "5.2.2 | http://a/b?q      | ?      | http://a/b?",
        "5.2.2 | https://a:8443/b/ | c      | https://a:8443/b/c",
        "5.2.2 | https://a/b/      | //g/h  | https://g/h",
        "5.2.2 | http://a/         | //g/h/../i | http://g/i",
        "5.2.2 | http://[::1]:1/b/ | c      | http://[::1]:1/b/c",
        "5.2.2 | http://a/b%2Fc/   | d%20e  | http://a/b%2Fc/d%20e",
        "5.2.2 | http://a/b/       | c//d   | http://a/b/c//d",
      })
  void otherBasesAreResolvedAsTheStandardSays(
      String section, URI base, String reference, String result) throws URISyntaxException {
    assertThat(UriResolution.resolve(base, new URI(reference))).hasToString(result);
  }

  @ParameterizedTest(name = "{0}: {1} is {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "5.2.4 | /a/b/c/./../../g | /a/g",
        "5.2.4 | ''      | ''",
        "5.2.4 | /       | /",
        "5.2.4 | /.      | /",
        "5.2.4 | /..     | /",
        "5.2.4 | /./     | /",
        "5.2.4 | /../    | /",
        "5.2.4 | /a/.    | /a/",
        "5.2.4 | /a/..   | /",
        "5.2.4 | /a/b/.. | /a/",
        "5.2.4 | /a/b/../.. | /",
        "5.2.4 | /...    | /...",
        "5.2.4 | /.a/..b | /.a/..b",
        "5.2.4 | /a//../b | /a/b",
        "5.2.4 | //..    | /",
        "5.2.4 | /a/%2E%2E/b | /a/%2E%2E/b",
      })
  void dotSegmentsAreRemovedAsTheStandardSays(String section, String path, String result) {
    assertThat(UriResolution.removeDotSegments(path)).isEqualTo(result);
  }

  /** The steps of RFC 3986 section 5.2.4, word by word, against random paths. */
  @Test
  void dotSegmentsAreRemovedAsTheAlgorithmOfTheStandardRemovesThem() {
    Random random = new Random(20260101);
    String[] segments = {"/.", "/..", "/a", "/", "/b.", "/..c"};
    for (int i = 0; i < 20_000; i++) {
      StringBuilder path = new StringBuilder();
      for (int n = random.nextInt(8); n >= 0; n--) {
        path.append(segments[random.nextInt(segments.length)]);
      }
      String given = path.toString();
      String result = UriResolution.removeDotSegments(given);
      assertThat(result).as(given).isEqualTo(wordByWord(given));
      assertThat(UriResolution.removeDotSegments(result)).as("again").isEqualTo(result);
    }
  }

  private static String wordByWord(String path) {
    String input = path;
    String output = "";
    while (!input.isEmpty()) {
      if (input.startsWith("/./") || input.equals("/.")) {
        input = "/" + input.substring(Math.min(3, input.length()));
      } else if (input.startsWith("/../") || input.equals("/..")) {
        input = "/" + input.substring(Math.min(4, input.length()));
        output = output.substring(0, Math.max(0, output.lastIndexOf('/')));
      } else {
        int end = input.indexOf('/', 1);
        output += input.substring(0, end < 0 ? input.length() : end);
        input = end < 0 ? "" : input.substring(end);
      }
    }
    return output;
  }
}
