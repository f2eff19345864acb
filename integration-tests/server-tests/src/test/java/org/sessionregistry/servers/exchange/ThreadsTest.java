package org.sessionregistry.servers.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.util.internal.InternalThreadLocalMap;
import java.io.ByteArrayInputStream;
import java.lang.ref.Reference;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionregistry.ClientSession;
import org.sessionregistry.RequestBody;
import org.sessionregistry.Response;
import org.sessionregistry.SessionRegistry;
import org.sessionregistry.settings.RegistrySettings;
import org.sessionregistry.settings.SessionSettings;

/** Whose threads do the work, and what the work leaves on the threads of others. */
@ParameterizedClass
@EnumSource(
    value = PeerKind.class,
    names = {"JETTY", "UNDERTOW"})
class ThreadsTest {
  @Parameter PeerKind kind;

  @RegisterExtension final World world = new World();

  @Test
  void aRegistryHasNoThreadBeforeItsFirstRequest() {
    Peer peer = world.echo(kind);
    ClientSession session = world.session(peer, s -> s.cookieJar(j -> j.withAcceptIpHosts(true)));
    session.statistics();
    session.get("/").query("a", "b").build();
    world.registry().close();

    assertThat(RegistryThreads.all()).isEmpty();
  }

  @Test
  void allThreadsAreOfTheRegistryAndDaemonsWithoutTheApplicationsLoader() throws Exception {
    Peer peer = world.echo(kind);
    Set<Thread> before = threads();
    ClassLoader mine = Thread.currentThread().getContextClassLoader();
    try (URLClassLoader application = new URLClassLoader(new URL[0], mine)) {
      Thread.currentThread().setContextClassLoader(application);
      ClientSession session = world.session(s -> s.baseUrl(peer.originAs("localhost")));
      useEveryWay(session, peer);

      List<Thread> started = new ArrayList<>(threads());
      started.removeAll(before);
      // The peer starts threads of its own while it serves.
      started.removeIf(
          thread -> thread.getName().matches("(qtp|XNIO|Scheduler-|Connector-|Thread-).*"));
      assertThat(started)
          .isNotEmpty()
          .allMatch(thread -> thread.getName().startsWith("session-registry-"));
      assertThat(RegistryThreads.all())
          .allMatch(Thread::isDaemon)
          .allMatch(thread -> thread.getContextClassLoader() != application)
          .allMatch(thread -> thread.getThreadGroup() != null)
          .extracting(thread -> thread.getName().replaceAll("[0-9]+$", ""))
          .contains("session-registry-loop-", "session-registry-timer");
    } finally {
      Thread.currentThread().setContextClassLoader(mine);
    }
  }

  @Test
  void aRegistryHasAsManyEventLoopsAsItWasTold() throws Exception {
    Peer peer = world.echo(kind);
    SessionRegistry registry = world.registry(RegistrySettings.DEFAULTS.withEventLoops(3));
    ClientSession session =
        registry.open(SessionSettings.builder("three").baseUrl(peer.origin()).build());

    session.get("/").send().bytes();

    assertThat(RegistryThreads.all())
        .filteredOn(thread -> thread.getName().startsWith("session-registry-loop-"))
        .hasSize(3);
  }

  @Test
  void noThreadIsLeftOfAClosedRegistry() throws Exception {
    Peer peer = world.echo(kind);
    SessionRegistry registry = world.registry();
    useEveryWay(world.session(peer), peer);

    registry.close();

    RegistryThreads.assertNone();
  }

  @Test
  void aBlockingCallOnAThreadOfTheRegistryIsRefused() throws Exception {
    CountDownLatch gate = world.gate();
    Peer peer =
        world.peer(
            kind,
            call -> {
              Wait.on(gate);
              call.reply("x".repeat(1_000_000));
            });
    ClientSession session = world.session(peer);
    SessionRegistry registry = world.registryOf(session);
    CompletableFuture<String> ranOn = new CompletableFuture<>();

    CompletableFuture<List<Throwable>> thrown =
        session
            .get("/")
            .sendAsync()
            .thenApply(
                response -> {
                  ranOn.complete(Thread.currentThread().getName());
                  List<Throwable> all =
                      List.of(
                          caught(() -> session.get("/").send()),
                          caught(response::text),
                          caught(() -> close(session)),
                          caught(() -> close(registry)));
                  response.close();
                  return all;
                });
    gate.countDown();

    String thread = Wait.on(ranOn);
    assertThat(thread).startsWith("session-registry-loop-");
    assertThat(Wait.on(thrown))
        .hasSize(4)
        .allMatch(IllegalStateException.class::isInstance)
        .allMatch(e -> e.getMessage().contains(thread));
  }

  @Test
  void aStreamOnAThreadOfTheRegistryIsRefused() throws Exception {
    CountDownLatch gate = world.gate();
    Peer peer =
        world.peer(
            kind,
            call -> {
              Wait.on(gate);
              call.reply("x".repeat(1_000_000));
            });
    ClientSession session = world.session(peer);

    CompletableFuture<Throwable> thrown =
        session
            .get("/")
            .sendAsync()
            .thenApply(
                response -> {
                  try (response) {
                    return caught(() -> response.inputStream().read());
                  }
                });
    gate.countDown();

    assertThat(Wait.on(thrown)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aBodyThatIsHereAlreadyMayBeReadOnAThreadOfTheRegistry() throws Exception {
    CountDownLatch gate = world.gate();
    Peer peer =
        world.peer(
            kind,
            call -> {
              Wait.on(gate);
              call.reply("here");
            });
    CompletableFuture<String> text =
        world
            .session(peer)
            .get("/")
            .sendAsync()
            .thenCompose(response -> response.bytesAsync().thenApply(loaded -> textOf(response)));
    gate.countDown();

    assertThat(Wait.on(text)).isEqualTo("here");
  }

  @Test
  void nothingOfNettyStaysOnTheThreadOfACaller() throws Exception {
    Peer peer = world.echo(kind);
    SessionRegistry registry = world.registry();
    ClientSession session = world.session(s -> s.baseUrl(peer.originAs("localhost")));
    CompletableFuture<String> left = new CompletableFuture<>();
    Thread caller =
        new Thread(
            () -> {
              try {
                for (int i = 0; i < 20; i++) {
                  useEveryWay(session, peer);
                }
                registry.close();
                left.complete(
                    InternalThreadLocalMap.getIfSet() == null ? "" : "Netty's thread-local map");
              } catch (Throwable e) {
                left.completeExceptionally(e);
              }
            },
            "caller");
    caller.start();

    assertThat(Wait.on(left)).isEmpty();
    caller.join();
  }

  @Test
  void noThreadLocalOfNettyOrOfTheLibraryStaysOnTheThreadOfACaller() throws Exception {
    assumeTrue(
        Thread.class.getModule().isOpen("java.lang", ThreadsTest.class.getModule()),
        "needs --add-opens java.base/java.lang=ALL-UNNAMED");
    Peer peer = world.echo(kind);
    SessionRegistry registry = world.registry();
    CompletableFuture<List<String>> left = new CompletableFuture<>();
    new Thread(
            () -> {
              try {
                for (int i = 0; i < 5; i++) {
                  useEveryWay(world.session(peer), peer);
                }
                registry.close();
                left.complete(threadLocals(Thread.currentThread()));
              } catch (Throwable e) {
                left.completeExceptionally(e);
              }
            },
            "caller")
        .start();

    assertThat(Wait.on(left))
        .noneMatch(type -> type.matches("(io\\.netty|org\\.sessionregistry).*"));
  }

  /** Blocking, asynchronous, uploads, streams, cancels, early closes, failures. */
  private static void useEveryWay(ClientSession session, Peer peer) throws Exception {
    session.get("/").send().bytes();
    session.post("/").body("text").send().text();
    Wait.on(session.get("/").sendAsync().thenCompose(Response::textAsync));
    RequestBody stream = RequestBody.ofInputStream(new ByteArrayInputStream(new byte[200_000]));
    session.put("/").body(stream).send().inputStream().readAllBytes();
    RequestBody publisher =
        RequestBody.ofPublisher(new CountingPublisher(20, i -> ByteBuffer.allocate(10_000)));
    RecordingSubscriber subscriber = new RecordingSubscriber();
    session.put("/").body(publisher).send().body().subscribe(subscriber);
    subscriber.request(1);
    subscriber.request(Long.MAX_VALUE);
    subscriber.awaitEnd();
    session.get("/").sendAsync().cancel(true);
    session.put("/").body(new byte[500_000]).send().close();
    RecordingSubscriber cancelling = new RecordingSubscriber();
    session.put("/").body(new byte[500_000]).send().body().subscribe(cancelling);
    cancelling.request(1);
    cancelling.cancel();
    assertThat(caught(() -> session.get("http://127.0.0.1:1/").send())).isNotNull();
    session.statistics();
    assertThat(session.toString()).contains(session.name());
  }

  private static Set<Thread> threads() {
    return new HashSet<>(Thread.getAllStackTraces().keySet());
  }

  private static Throwable caught(Callable<?> call) {
    try {
      throw new AssertionError("it was not refused, it gave " + call.call());
    } catch (Exception e) {
      return e;
    }
  }

  private static boolean close(AutoCloseable closeable) throws Exception {
    closeable.close();
    return true;
  }

  private static String textOf(Response response) {
    try {
      return response.text();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** The types of the thread-local variables of a thread and of their values. */
  private static List<String> threadLocals(Thread thread) throws ReflectiveOperationException {
    List<String> types = new ArrayList<>();
    for (String map : List.of("threadLocals", "inheritableThreadLocals")) {
      Object locals = read(Thread.class, map, thread);
      Object table = locals == null ? null : read(locals.getClass(), "table", locals);
      for (int i = 0; table != null && i < Array.getLength(table); i++) {
        Object entry = Array.get(table, i);
        if (entry != null) {
          Object value = read(entry.getClass(), "value", entry);
          Object key = ((Reference<?>) entry).get();
          types.add(value == null ? "null" : value.getClass().getName());
          types.add(key == null ? "null" : key.getClass().getName());
        }
      }
    }
    return types;
  }

  private static Object read(Class<?> type, String name, Object of)
      throws ReflectiveOperationException {
    Field field = type.getDeclaredField(name);
    field.setAccessible(true);
    return field.get(of);
  }
}
