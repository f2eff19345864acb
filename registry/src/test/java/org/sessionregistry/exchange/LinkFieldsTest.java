package org.sessionregistry.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sessionregistry.Link;
import org.sessionregistry.Response;

class LinkFieldsTest {
  private static final URI BASE = URI.create("http://example.com/a/b?c");

  private static List<Link> parse(String... fields) {
    return LinkFields.parse(List.of(fields), BASE);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      quoteCharacter = '\'',
      delimiter = '|',
      value = {
        // RFC 8288 section 3.5, its examples
        "3.5 | <http://example.com/TheBook/chapter2>; rel=\"previous\"; title=\"previous chapter\""
            + " | http://example.com/TheBook/chapter2 [previous] {title=previous chapter}",
        "3.5 | </>; rel=\"http://example.net/foo\" | http://example.com/ [http://example.net/foo] {}",
        "3.5 | </terms>; rel=\"copyright\"; anchor=\"#foo\""
            + " | http://example.com/terms [copyright] {}",
        "3.5 | <http://example.org/>; rel=\"start http://example.net/relation/other\""
            + " | http://example.org/ [start, http://example.net/relation/other] {}",
        // section 3.1, RFC 3986 section 5.4: relative targets
        "3.1 | <?page=2>; rel=next | http://example.com/a/b?page=2 [next] {}",
        "3.1 | <../x>; rel=next | http://example.com/x [next] {}",
        "3.1 | <>; rel=self | http://example.com/a/b?c [self] {}",
        "3.1 | <mailto:a@b>; rel=author | mailto:a@b [author] {}",
        // section 3.3: relation types are compared without case; the first rel counts
        "3.3 | </>; rel=NeXT; rel=prev | http://example.com/ [next] {}",
        "3.3 | </>; REL=next | http://example.com/ [next] {}",
        "3.3 | </> | http://example.com/ [] {}",
        // section 3.4.1: title* takes the place of title
        "3.4.1 | </>; title=\"x\"; title*=UTF-8'de'n%c3%a4chstes | http://example.com/ []"
            + " {title=nächstes}",
        "3.4.1 | </>; title*=UTF-8''%ff; title=x | http://example.com/ [] {title=x}",
        // appendix B.3 and B.4: white space, quotes, no value, escapes
        "B.3 | < /x > ; rel = next ; crossorigin | http://example.com/x [next] {crossorigin=}",
        "B.4 | </>; title=\"a,b;c\\\"d>\"; rel=x | http://example.com/ [x] {title=a,b;c\"d>}",
        "B.4 | </>; rel=\"x | http://example.com/ [x] {}",
        "B.3 | </>; a=b junk; rel=x | http://example.com/ [x] {a=b junk}",
      })
  void aLinkIsReadAsTheStandardSays(String section, String field, String expected) {
    Link link = parse(field.replace("''''", "''")).get(0);
    assertThat(link.target() + " " + link.relations() + " " + link.parameters())
        .isEqualTo(expected);
  }

  @Test
  void aFieldHasSeveralLinksAndAResponseSeveralFields() {
    assertThat(parse("</1>; rel=a, </2>; title=\"x, </no>\"; rel=b,, </3>", "</4>"))
        .extracting(link -> link.target().getPath())
        .containsExactly("/1", "/2", "/3", "/4");
  }

  @Test
  void anAnchorIsTheContextOfALink() {
    // RFC 8288 section 3.2
    assertThat(parse("</t>; anchor=\"/other\"").get(0).context())
        .isEqualTo(URI.create("http://example.com/other"));
    assertThat(parse("</t>").get(0).context()).isEqualTo(BASE);
  }

  @ParameterizedTest
  @CsvSource({"x", "'<'", "'</a'", "'; rel=x'", "'<http://[>; rel=next'", "'<a b>; rel=x'"})
  void whatIsNoLinkIsLeftOut(String field) {
    // RFC 8288 appendix B.2; a space is percent encoded as browsers do
    assertThat(parse(field))
        .allMatch(link -> link.target().toString().equals("http://example.com/a/a%20b"));
  }

  @Property
  void nothingIsThrown(
      @ForAll @Chars({'<', '>', ';', ',', '=', '"', '\\', '*', '\'', '%', 'a', ' '}) String field) {
    assertThat(parse(field)).isNotNull();
  }

  @Test
  void aResponseGivesTheLinkOfARelation() {
    World world = World.simple();
    Response response =
        world.respondedHead(
            "Link",
            "</p/1>; rel=prev, </p/9>; rel=next; anchor=\"/q\"",
            "link",
            "<?p=3>; rel=Next");
    assertThat(response.link("next").map(Link::target)).contains(URI.create("http://a/x?p=3"));
    assertThat(response.link("last")).isEmpty();
    assertThat(response.links()).hasSize(3);
    assertThat(response.links().get(0).parameters()).isEqualTo(Map.of());
    response.close();
  }
}
