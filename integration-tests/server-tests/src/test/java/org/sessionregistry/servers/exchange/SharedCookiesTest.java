package org.sessionregistry.servers.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.jcache.spi.CaffeineCachingProvider;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import javax.cache.Cache;
import javax.cache.Caching;
import javax.cache.configuration.CompleteConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionregistry.ClientSession;
import org.sessionregistry.SessionHooks;
import org.sessionregistry.cookie.Cookie;
import org.sessionregistry.cookie.JCacheCookieStore;
import org.sessionregistry.settings.CookieJarType;
import org.sessionregistry.settings.SessionSettings;

/** Two registries, as on two nodes, over one cache: a login on one is used by the other. */
@ParameterizedClass
@EnumSource(Grid.Kind.class)
class SharedCookiesTest {
  @Parameter Grid.Kind kind;

  @RegisterExtension final World world = new World();

  private final List<ClientSession> nodes = new ArrayList<>();
  private Grid grid;
  private Peer peer;

  /** Sets the cookies that the query lists, separated by '&'. */
  @BeforeEach
  void start() {
    grid = kind.start();
    peer =
        world.peer(
            PeerKind.JETTY,
            (self, call) -> {
              String target = self.keep(call.see()).target();
              int query = target.indexOf('?');
              if (query >= 0) {
                for (String cookie : target.substring(query + 1).split("&")) {
                  call.header("Set-Cookie", cookie.replace("%20", " "));
                }
              }
              call.reply("");
            });
  }

  @AfterEach
  void stop() {
    nodes.forEach(ClientSession::close); // an application leaves its grid before it stops it
    grid.close();
  }

  private ClientSession node(String name, Cache<String, String> cache) {
    return opened(
        SessionSettings.builder(name)
            .baseUrl(peer.originAs("localhost"))
            .cookieJar(jar -> jar.withType(CookieJarType.SHARED))
            .build(),
        SessionHooks.builder().cookieStore(JCacheCookieStore.over(cache)).build());
  }

  private static void get(ClientSession session, String reference) throws Exception {
    session.get(reference).send().bytes();
  }

  private String header(ClientSession session) {
    return session.cookies().header(URI.create(peer.originAs("localhost")));
  }

  private void until(ClientSession session, String header) {
    Wait.until("cookies " + header, () -> header(session).equals(header));
  }

  private long entries() {
    return StreamSupport.stream(grid.first().spliterator(), false).count();
  }

  @Test
  void aLoginOnOneNodeIsUsedByTheOther() throws Exception {
    ClientSession a = node("shop", grid.first());
    ClientSession b = node("shop", grid.second());
    get(a, "/login?sid=31d4;%20HttpOnly");
    assertThat(peer.next().header("Cookie")).isEmpty();
    until(b, "sid=31d4");
    get(b, "/home");
    assertThat(peer.next().header("Cookie")).containsExactly("sid=31d4");
  }

  @Test
  void aChangeAndALogoutArriveOnTheOtherNodeLongBeforeTheNextInterval() throws Exception {
    ClientSession a = node("shop", grid.first());
    ClientSession b = node("shop", grid.second());
    long began = System.nanoTime();
    get(a, "/login?sid=1");
    until(b, "sid=1");
    get(b, "/?sid=2");
    until(a, "sid=2");
    get(a, "/logout?sid=;%20Max-Age=0");
    until(b, "");
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(25));
    Wait.until("an empty cache", () -> entries() == 0);
  }

  @Test
  void aNodeThatStartsLaterFindsTheLogin() throws Exception {
    ClientSession a = node("shop", grid.first());
    get(a, "/login?sid=31d4");
    Wait.until("an entry", () -> entries() == 1);
    until(node("shop", grid.second()), "sid=31d4");
  }

  @Test
  void sessionsOfOtherNamesDoNotShare() throws Exception {
    ClientSession a = node("shop", grid.first());
    ClientSession other = node("shop2", grid.second());
    ClientSession b = node("shop", grid.second());
    get(a, "/?sid=1");
    until(b, "sid=1");
    assertThat(header(other)).isEmpty();
  }

  @Test
  void nodesThatChangeTheSameCookiesAtOnceComeToTheSame() throws Exception {
    node("shop", grid.first());
    node("shop", grid.second());
    IntStream.range(0, 40)
        .parallel()
        .forEach(
            i -> {
              try {
                get(nodes.get(i % 2), "/?sid=" + i + "&own" + i % 2 + "=" + i);
              } catch (Exception e) {
                throw new AssertionError(e);
              }
            });
    Wait.until("the same cookies on both nodes", this::bothHaveTheSameThree);
    assertThat(entries()).isEqualTo(3);
  }

  private boolean bothHaveTheSameThree() {
    Set<Cookie> first = Set.copyOf(nodes.get(0).cookies().cookies());
    return first.size() == 3 && first.equals(Set.copyOf(nodes.get(1).cookies().cookies()));
  }

  @Test
  void aCacheThatIsClosedLeavesTheSessionItsCookies() throws Exception {
    ClientSession a = node("shop", grid.first());
    get(a, "/?sid=1");
    Wait.until("an entry", () -> entries() == 1);
    grid.first().close();
    get(a, "/?lang=en");
    assertThat(header(a)).isEqualTo("sid=1; lang=en");
    a.close();
  }

  @Test
  void closingWritesWhatIsLeft() throws Exception {
    ClientSession a = node("shop", grid.first());
    get(a, "/?a=1&b=2");
    a.close();
    assertThat(entries()).isEqualTo(2);
    until(node("shop", grid.second()), "a=1; b=2");
  }

  @Test
  void afterTheEndNoListenerIsLeft() throws Exception {
    ClientSession a = node("shop", grid.first());
    get(a, "/?sid=1");
    Wait.until("an entry", () -> entries() == 1);
    a.close();
    assertThat(
            grid.first()
                .getConfiguration(CompleteConfiguration.class)
                .getCacheEntryListenerConfigurations())
        .isEmpty();
  }

  @Test
  void aCacheOfTheConfiguredNameIsMadeByTheProviderOfTheApplication() throws Exception {
    String property = Caching.JAVAX_CACHE_CACHING_PROVIDER;
    System.setProperty(property, CaffeineCachingProvider.class.getName());
    try {
      ClientSession a = configured();
      ClientSession b = configured();
      get(a, "/?sid=1");
      until(b, "sid=1");
      Cache<String, String> made =
          Caching.getCachingProvider().getCacheManager().getCache("logins");
      assertThat(made).as("the application finds it").isNotNull().hasSize(1);
    } finally {
      nodes.forEach(ClientSession::close);
      Caching.getCachingProvider().close();
      System.clearProperty(property);
    }
  }

  private ClientSession configured() {
    return opened(
        SessionSettings.builder("shop")
            .baseUrl(peer.originAs("localhost"))
            .cookieJar(jar -> jar.withType(CookieJarType.SHARED).withCache("logins"))
            .build(),
        SessionHooks.NONE);
  }

  private ClientSession opened(SessionSettings settings, SessionHooks hooks) {
    ClientSession session = world.registry().open(settings, hooks);
    nodes.add(session);
    return session;
  }
}
