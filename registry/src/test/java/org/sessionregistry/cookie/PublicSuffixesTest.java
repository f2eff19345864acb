package org.sessionregistry.cookie;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublicSuffixesTest {
  @ParameterizedTest(name = "{0} is a public suffix: {1}")
  @CsvSource({
    // a rule of one label, and names below it
    "com, true",
    "example.com, false",
    "www.example.com, false",
    // rules of two and three labels
    "uk, true",
    "co.uk, true",
    "example.co.uk, false",
    "jp, true",
    "ac.jp, true",
    "kyoto.jp, true",
    "ide.kyoto.jp, true",
    "x.kyoto.jp, false",
    "x.ide.kyoto.jp, false",
    "us, true",
    "ak.us, true",
    "k12.ak.us, true",
    "x.k12.ak.us, false",
    // wildcards and their exceptions
    "ck, true",
    "any.ck, true",
    "x.any.ck, false",
    "www.ck, false",
    "www.www.ck, false",
    "c.kobe.jp, true",
    "b.c.kobe.jp, false",
    "city.kobe.jp, false",
    "www.city.kobe.jp, false",
    "mm, true",
    "c.mm, true",
    "b.c.mm, false",
    // the private section
    "github.io, true",
    "someone.github.io, false",
    "eu-west-1.compute.amazonaws.com, true",
    "compute.amazonaws.com, false",
    "x.eu-west-1.compute.amazonaws.com, false",
    // international names, ASCII form
    "xn--55qx5d.cn, true",
    "x.xn--55qx5d.cn, false",
    "xn--p1ai, true",
    "xn--85x722f.com.cn, false",
    // no rule: the default rule is *
    "unlisted, true",
    "localhost, true",
    "x.unlisted, false",
    "y.x.unlisted, false",
    // a dot at the end changes nothing
    "com., true",
    "co.uk., true",
    "any.ck., true",
    "www.ck., false",
    "example.com., false",
  })
  void theShippedListKnows(String domain, boolean suffix) {
    assertThat(PublicSuffixes.get().contains(domain)).isEqualTo(suffix);
  }

  @Test
  void theListIsReadOnce() {
    assertThat(PublicSuffixes.get()).isSameAs(PublicSuffixes.get());
  }

  @Test
  void aRuleEndsAtWhiteSpaceAndCommentsAreSkipped() throws IOException {
    String text =
        """
        // a.comment

        one.example trailing words
        tab.example\tmore
        *.Wild.example
        !not.WILD.example
        Großes.example
        """;
    PublicSuffixes list = PublicSuffixes.read(new BufferedReader(new StringReader(text)));
    assertThat(list.contains("one.example")).isTrue();
    assertThat(list.contains("tab.example")).isTrue();
    assertThat(list.contains("a.wild.example")).isTrue();
    assertThat(list.contains("not.wild.example")).isFalse();
    assertThat(list.contains("wild.example")).isFalse();
    assertThat(list.contains("grosses.example")).isTrue();
    assertThat(list.contains("a.comment")).isFalse();
    assertThat(list.contains("other.example")).isFalse();
  }
}
