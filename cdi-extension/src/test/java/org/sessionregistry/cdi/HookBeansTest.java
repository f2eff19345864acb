package org.sessionregistry.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.context.control.RequestContextController;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbConfig;
import java.lang.reflect.Type;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sessionregistry.ClientSession;
import org.sessionregistry.ExchangeView;
import org.sessionregistry.Interceptor;
import org.sessionregistry.JsonCodec;
import org.sessionregistry.Request;
import org.sessionregistry.Response;
import org.sessionregistry.SessionListener;
import org.sessionregistry.TenantResolver;
import org.sessionregistry.TokenSupplier;
import org.sessionregistry.cookie.CookieJar;
import org.sessionregistry.cookie.CookieStore;
import org.sessionregistry.settings.CookieJarSettings;

/** Beans that name a session add to it, on real connections. */
class HookBeansTest {
  /** What beans of one test note; each test has its own application, and they run one by one. */
  private static final List<String> NOTES = new CopyOnWriteArrayList<>();

  private TestServer server;

  @BeforeEach
  void start() {
    NOTES.clear();
    server = new TestServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void anInterceptorStandsAroundTheSessionThatItNames() throws Exception {
    try (Application application = application(ForGithub.class)) {
      get(application, "github", "/github");
      get(application, "payments", "/payments");
    }

    assertThat(server.header("/github", "X-Steps")).isEqualTo("github");
    assertThat(server.header("/payments", "X-Steps")).isEmpty();
  }

  @Test
  void namedNamesTheSessionToo() throws Exception {
    try (Application application = application(ByNamed.class)) {
      get(application, "github", "/github");
    }

    assertThat(server.header("/github", "X-Steps")).isEqualTo("named");
  }

  @Test
  void whereBothAreGivenTheSessionsNameCounts() throws Exception {
    try (Application application = application(WithNameInExpressions.class)) {
      get(application, "payments", "/payments");
    }

    assertThat(server.header("/payments", "X-Steps")).isEqualTo("both");
  }

  @Test
  void aBeanMayNameSeveralSessions() throws Exception {
    try (Application application = application(ForTwo.class)) {
      get(application, "github", "/github");
      get(application, "payments", "/payments");
      get(application, "other", "/other");
    }

    assertThat(server.header("/github", "X-Steps")).isEqualTo("two");
    assertThat(server.header("/payments", "X-Steps")).isEqualTo("two");
    assertThat(server.header("/other", "X-Steps")).isEmpty();
  }

  @Test
  void aBeanMayBeForEverySession() throws Exception {
    try (Application application = application(ForAll.class)) {
      get(application, "github", "/github");
      get(application, "other", "/other");
    }

    assertThat(server.header("/github", "X-Steps")).isEqualTo("all");
    assertThat(server.header("/other", "X-Steps")).isEqualTo("all");
  }

  @Test
  void interceptorsStandInTheOrderOfTheirPriorities() throws Exception {
    try (Application application =
        application(ForAll.class, Innermost.class, ForGithub.class, Outermost.class)) {
      get(application, "github", "/github");
    }

    assertThat(server.header("/github", "X-Steps")).isEqualTo("outermost, all, github, innermost");
  }

  @Test
  void aroundTheExchangeItSeesWhatTheApplicationSends() throws Exception {
    try (Application application = application(ForGithub.class)) {
      get(application, "github", "/github");
    }

    assertThat(NOTES).containsExactly("/github");
  }

  @Test
  void aroundAnAttemptItSeesWhatIsSent() throws Exception {
    try (Application application = application(ForAttempts.class)) {
      get(application, "github", "/github");
    }

    assertThat(NOTES).containsExactly(server.url() + "github");
  }

  @Test
  void aListenerHearsOfItsSession() throws Exception {
    try (Application application = application(Listening.class)) {
      get(application, "github", "/github");
      get(application, "payments", "/payments");
    }

    assertThat(NOTES).contains("started /github").doesNotContain("started /payments");
  }

  @Test
  void aDependentBeanOfSeveralKindsIsOneInstance() throws Exception {
    try (Application application = application(Both.class)) {
      get(application, "github", "/github");
      get(application, "payments", "/payments");
    }

    assertThat(NOTES).containsOnlyOnce("made").contains("heard after intercepting");
  }

  @Test
  void aTokenSupplierMayUseAnotherSession() throws Exception {
    try (Application application = application(Tokens.class)) {
      get(application, "github", "/github");
    }

    assertThat(server.header("/github", "Authorization")).isEqualTo("Bearer /token");
    assertThat(server.paths()).containsExactly("/token", "/github");
  }

  @Test
  void aTokenSupplierForEverySessionLeavesOutThoseThatCannotHaveOne() throws Exception {
    try (Application application =
        configured()
            .with("client-session.nowhere.timeout.total", "1s")
            .with("client-session.other.auth.type", "basic")
            .with("client-session.other.auth.username", "u")
            .with("client-session.other.auth.password", "p")
            .beans(TokensForAll.class, Tokens.class)
            .start()) {
      get(application, "payments", "/payments");
      get(application, "other", "/other");
      get(application, "github", "/github");
    }

    assertThat(server.header("/payments", "Authorization")).isEqualTo("Bearer for-all");
    assertThat(server.header("/other", "Authorization")).startsWith("Basic ");
    assertThat(server.header("/github", "Authorization"))
        .as("the one that names the session")
        .isEqualTo("Bearer /token");
  }

  @Test
  void anAlternativeTakesThePlaceOfWhatIsThere() throws Exception {
    try (Application application = application(Tokens.class, TestTokens.class)) {
      get(application, "github", "/github");
    }

    assertThat(server.header("/github", "Authorization")).isEqualTo("Bearer test");
  }

  @Test
  void aJsonCodecWritesAndReadsForItsSession() {
    try (Application application = application(Codec.class)) {
      ClientSession session = application.session("github");

      assertThat(new String(session.json().write("x"))).isEqualTo("codec");
    }
  }

  @Test
  void theApplicationsJsonBindingIsUsed() {
    try (Application application = application(Binding.class)) {
      assertThat(written(application, "github")).isEqualTo("{\"some-name\":1}");
      assertThat(
              application
                  .session("github")
                  .json()
                  .read("{\"some-name\":2}".getBytes(), Thing.class))
          .isEqualTo(new Thing(2));
    }
  }

  @Test
  void aCodecComesBeforeTheApplicationsJsonBinding() {
    try (Application application = application(Binding.class, Codec.class)) {
      assertThat(written(application, "github")).isEqualTo("codec");
      assertThat(written(application, "payments")).isEqualTo("{\"some-name\":1}");
    }
  }

  @Test
  void aJsonBindingThatNamesASessionComesBeforeTheApplications() {
    try (Application application = application(Binding.class, BindingForGithub.class)) {
      assertThat(written(application, "github")).isEqualTo("{\"SomeName\":1}");
      assertThat(written(application, "payments")).isEqualTo("{\"some-name\":1}");
    }
  }

  @Test
  void ofTwoJsonBindingsNoneIsUsed() {
    try (Application application = application(Binding.class, AnotherBinding.class)) {
      assertThat(written(application, "github")).isEqualTo("{\"someName\":1}");
    }
  }

  @Test
  void sessionsCanShareAJar() throws Exception {
    try (Application application = application(Jars.class)) {
      get(application, "github", "/login");
      get(application, "payments", "/payments");
    }

    assertThat(server.header("/payments", "Cookie")).isEqualTo("sid=7");
  }

  @Test
  void aStoreKeepsTheCookiesThatNodesShare() throws Exception {
    try (Application application =
        configured()
            .with("client-session.github.cookie-jar", "shared")
            .beans(Store.class)
            .start()) {
      get(application, "github", "/login");
    }

    assertThat(NOTES).isNotEmpty().allMatch(key -> key.contains("sid"));
  }

  /** Asked on the thread that sends, where a request is active. */
  @Test
  void aTenantResolverMayBelongToTheRequest() throws Exception {
    try (Application application =
        configured()
            .with("client-session.github.tenancy", "required")
            .with("client-session.github.tenants.acme.headers.X-Steps", "acme")
            .beans(TenantOfTheRequest.class)
            .start()) {
      RequestContextController context = application.get(RequestContextController.class);
      context.activate();
      try {
        get(application, "github", "/github");
      } finally {
        context.deactivate();
      }
    }

    assertThat(server.header("/github", "X-Steps")).isEqualTo("acme");
  }

  @Test
  void aBeanThatAnotherExtensionAddsAddsToo() throws Exception {
    try (Application application = configured().extensions(new Adding("github")).start()) {
      get(application, "github", "/github");
    }

    assertThat(server.header("/github", "X-Steps")).isEqualTo("added");
  }

  @Test
  void nothingIsMadeBeforeASessionIsUsed() {
    try (Application application = application(Both.class, Lazy.class)) {
      ClientSession injected = application.session("github");

      assertThat(NOTES).isEmpty();
      assertThat(injected.name()).isEqualTo("github");
    }
  }

  @Test
  void aBeanOfTheApplicationIsMadeWhenItIsCalled() throws Exception {
    try (Application application = application(Lazy.class)) {
      application.session("github").name();
      assertThat(NOTES).isEmpty();

      get(application, "github", "/github");
      assertThat(NOTES).containsExactly("made");
    }
  }

  @Test
  void aDependentBeanLivesUntilTheSessionsAreClosed() throws Exception {
    try (Application application = application(Both.class, UsingAtTheEnd.class)) {
      application.get(UsingAtTheEnd.class).start();
      NOTES.clear();
    }

    assertThat(NOTES).last().isEqualTo("destroyed");
    assertThat(NOTES).contains("heard after intercepting");
  }

  @Test
  void aBeanThatUsesASessionWhileItIsMadeIsToldWhyItCannot() {
    try (Application application = application(TooEarly.class)) {
      assertThatThrownBy(() -> get(application, "github", "/github"))
          .hasStackTraceContaining(
              "session 'payments' is used while the beans are made that add something");
    }
  }

  private Application.Builder configured() {
    return Application.configured(
        "client-session.github.base-url", server.url(),
        "client-session.payments.base-url", server.url(),
        "client-session.other.base-url", server.url(),
        "client-session-defaults.cookie-jar.accept-ip-hosts", "true");
  }

  private Application application(Class<?>... beans) {
    return configured().beans(beans).start();
  }

  private static void get(Application application, String session, String path) throws Exception {
    get(application.session(session), path);
  }

  private static void get(ClientSession session, String path) throws Exception {
    try (Response response = session.get(path).send()) {
      assertThat(response.text()).isEqualTo(path);
    }
  }

  private static String written(Application application, String session) {
    return new String(application.session(session).json().write(new Thing(1)));
  }

  private static CompletionStage<Response> step(
      String step, Request request, Interceptor.Next next) {
    NOTES.add(request.reference());
    String before = request.headers().first("X-Steps").map(steps -> steps + ", ").orElse("");
    return next.send(request.withHeader("X-Steps", before + step));
  }

  /** What is written as JSON. */
  public record Thing(int someName) {}

  @Dependent
  @SessionName("github")
  static class ForGithub implements Interceptor {
    @Override
    public CompletionStage<Response> intercept(Request request, Next next) {
      return step("github", request, next);
    }
  }

  @Dependent
  @Named("github")
  static class ByNamed implements Interceptor {
    @Override
    public CompletionStage<Response> intercept(Request request, Next next) {
      return step("named", request, next);
    }
  }

  @Dependent
  @SessionName("payments")
  @Named("shownOnAPage")
  static class WithNameInExpressions implements Interceptor {
    @Override
    public CompletionStage<Response> intercept(Request request, Next next) {
      return step("both", request, next);
    }
  }

  @ApplicationScoped
  @SessionName("github")
  @SessionName("payments")
  static class ForTwo implements Interceptor {
    @Override
    public CompletionStage<Response> intercept(Request request, Next next) {
      return step("two", request, next);
    }
  }

  @ApplicationScoped
  @SessionName(SessionName.EVERY)
  static class ForAll implements Interceptor {
    @Override
    public CompletionStage<Response> intercept(Request request, Next next) {
      return step("all", request, next);
    }
  }

  @Singleton
  @Priority(1)
  @SessionName("github")
  static class Outermost implements Interceptor {
    @Override
    public CompletionStage<Response> intercept(Request request, Next next) {
      return step("outermost", request, next);
    }
  }

  @Dependent
  @Priority(5000)
  @SessionName("github")
  static class Innermost implements Interceptor {
    @Override
    public CompletionStage<Response> intercept(Request request, Next next) {
      return step("innermost", request, next);
    }
  }

  @ApplicationScoped
  @AroundAttempt
  @SessionName("github")
  static class ForAttempts implements Interceptor {
    @Override
    public CompletionStage<Response> intercept(Request request, Next next) {
      return step("attempt", request, next);
    }
  }

  @ApplicationScoped
  @SessionName("github")
  static class Listening implements SessionListener {
    @Override
    public void started(ExchangeView exchange) {
      NOTES.add("started " + exchange.uri().getPath());
    }
  }

  @Dependent
  @SessionName("github")
  @SessionName("payments")
  static class Both implements Interceptor, SessionListener {
    private volatile String last = "";

    @PostConstruct
    void made() {
      NOTES.add("made");
    }

    @Override
    public CompletionStage<Response> intercept(Request request, Next next) {
      last = "intercepting";
      return next.send(request);
    }

    @Override
    public void succeeded(ExchangeView exchange) {
      NOTES.add("heard after " + last);
    }

    @PreDestroy
    void destroyed() {
      NOTES.add("destroyed");
    }
  }

  @Singleton
  @SessionName("github")
  static class Tokens implements TokenSupplier {
    @Inject
    @SessionName("other")
    ClientSession login;

    @Override
    public CompletionStage<String> token() {
      return login.get("/token").sendAsync().thenCompose(Response::textAsync);
    }
  }

  @Dependent
  static class TokensForAll {
    @Produces
    @ApplicationScoped
    @SessionName("*")
    TokenSupplier tokens() {
      return () -> CompletableFuture.completedStage("for-all");
    }
  }

  @Alternative
  @Priority(1)
  @ApplicationScoped
  @SessionName("github")
  static class TestTokens implements TokenSupplier {
    @Override
    public CompletionStage<String> token() {
      return CompletableFuture.completedStage("test");
    }
  }

  @ApplicationScoped
  @SessionName("github")
  static class Codec implements JsonCodec {
    @Override
    public byte[] write(Object value) {
      return "codec".getBytes();
    }

    @Override
    public Object read(byte[] json, Type type) {
      return "codec";
    }
  }

  @Dependent
  static class Binding {
    @Produces
    Jsonb jsonb() {
      return JsonbBuilder.create(
          new JsonbConfig().withPropertyNamingStrategy("LOWER_CASE_WITH_DASHES"));
    }
  }

  @Dependent
  static class AnotherBinding {
    @Produces Jsonb another = JsonbBuilder.create();
  }

  @Dependent
  static class BindingForGithub {
    @Produces
    @ApplicationScoped
    @SessionName("github")
    Jsonb jsonb() {
      return JsonbBuilder.create(new JsonbConfig().withPropertyNamingStrategy("UPPER_CAMEL_CASE"));
    }
  }

  @Dependent
  static class Jars {
    @Produces
    @ApplicationScoped
    @SessionName("github")
    @SessionName("payments")
    CookieJar jar() {
      return CookieJar.inMemory(
          CookieJarSettings.DEFAULTS.withAcceptIpHosts(true), InstantSource.system());
    }
  }

  @ApplicationScoped
  @SessionName("github")
  static class Store implements CookieStore {
    private final Map<String, String> cookies = new ConcurrentHashMap<>();

    @Override
    public Map<String, String> entries(String prefix) {
      return Map.copyOf(cookies);
    }

    @Override
    public Optional<String> get(String key) {
      return Optional.ofNullable(cookies.get(key));
    }

    @Override
    public void put(String key, String value) {
      NOTES.add(key);
      cookies.put(key, value);
    }

    @Override
    public void remove(String key) {
      cookies.remove(key);
    }

    @Override
    public void remove(String key, String value) {
      cookies.remove(key, value);
    }

    @Override
    public AutoCloseable listen(Consumer<String> changed) {
      return () -> {};
    }
  }

  @RequestScoped
  @SessionName("github")
  static class TenantOfTheRequest implements TenantResolver {
    @Override
    public Optional<String> tenant() {
      return Optional.of("acme");
    }
  }

  @ApplicationScoped
  @SessionName("github")
  static class Lazy implements Interceptor {
    @PostConstruct
    void made() {
      NOTES.add("made");
    }

    @Override
    public CompletionStage<Response> intercept(Request request, Next next) {
      return next.send(request);
    }
  }

  @ApplicationScoped
  static class UsingAtTheEnd {
    @Inject
    @SessionName("github")
    ClientSession session;

    void start() {
      session.name();
    }

    @PreDestroy
    void end() {
      session.get("/end").sendAsync().thenCompose(Response::textAsync).join();
    }
  }

  @Dependent
  @SessionName("github")
  static class TooEarly implements Interceptor {
    @Inject
    @SessionName("payments")
    ClientSession payments;

    @PostConstruct
    void use() {
      payments.get("/too-early").sendAsync().join();
    }

    @Override
    public CompletionStage<Response> intercept(Request request, Next next) {
      return next.send(request);
    }
  }

  /** Another library's extension. */
  record Adding(String session) implements Extension {
    void add(@Observes AfterBeanDiscovery event) {
      event
          .<Interceptor>addBean()
          .beanClass(Interceptor.class)
          .types(Interceptor.class, Object.class)
          .qualifiers(SessionName.Literal.of(session), Any.Literal.INSTANCE)
          .scope(ApplicationScoped.class)
          .createWith(context -> (Interceptor) (request, next) -> step("added", request, next));
    }
  }
}
