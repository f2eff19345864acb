package org.sessionregistry.servers.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.lang.ref.WeakReference;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionregistry.servers.websocket.EchoServer;

/**
 * The library in a class loader of its own, as in an application that is deployed, used by threads
 * that outlive it, and undeployed, again and again: the loaders are collected.
 */
@ParameterizedClass
@EnumSource(
    value = PeerKind.class,
    names = {"JETTY", "UNDERTOW"})
class RedeployTest {
  private static final int DEPLOYMENTS = 10;

  /** A thread that is ending may hold the last one or two for a while. */
  private static final int MAY_BE_LEFT = 2;

  @Parameter PeerKind kind;

  @RegisterExtension final World world = new World();

  @Test
  void nothingHoldsTheClassesOfAnApplicationThatIsGone() throws Exception {
    Peer peer = world.echo(kind);
    ExecutorService containerThreads = Executors.newFixedThreadPool(3);
    List<WeakReference<ClassLoader>> deployments = new ArrayList<>();
    try (EchoServer sockets = EchoServer.Make.valueOf(kind.name()).start(null, true)) {
      List<String> origins = List.of(peer.origin(), sockets.origin() + "/echo");
      for (int i = 0; i < DEPLOYMENTS; i++) {
        deployments.add(deployUseUndeploy(origins, containerThreads, false));
      }

      boolean collected =
          Wait.isReached(
              Duration.ofSeconds(20),
              () -> {
                System.gc();
                return left(deployments) <= MAY_BE_LEFT;
              });
      assertThat(collected).as(left(deployments) + " class loaders are left").isTrue();
    } finally {
      containerThreads.shutdown();
    }
    assertThat(peer.served()).isGreaterThanOrEqualTo(DEPLOYMENTS * 18);
  }

  @Test
  void anApplicationThatIsCarelessWouldBeFound() throws Exception {
    Peer peer = world.echo(kind);
    ExecutorService containerThreads = Executors.newFixedThreadPool(1);
    try {
      WeakReference<ClassLoader> careless =
          deployUseUndeploy(List.of(peer.origin()), containerThreads, true);
      WeakReference<Object> other = new WeakReference<>(new Object());

      Wait.until(
          "a collection",
          () -> {
            System.gc();
            return other.get() == null;
          });
      assertThat(careless.get()).isNotNull();
    } finally {
      containerThreads.shutdown();
    }
  }

  private static WeakReference<ClassLoader> deployUseUndeploy(
      List<String> origins, ExecutorService threads, boolean careless) throws Exception {
    try (URLClassLoader loader =
        new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
      // Every thread calls, the last one closes.
      Object application = threads.submit(() -> start(loader)).get();
      for (int i = 0; i < 6; i++) {
        for (String origin : origins) {
          assertThat(threads.submit(() -> call(application, origin)).get()).isEqualTo("well");
        }
      }
      if (careless) {
        threads.submit(() -> call(application, "careless")).get();
      }
      assertThat(threads.submit(() -> call(application, "close")).get()).isEqualTo("closed");
      RegistryThreads.assertNone();
      return new WeakReference<>(loader);
    }
  }

  private static Object start(ClassLoader loader) throws ReflectiveOperationException {
    Class<?> type = loader.loadClass(DeployedApplication.class.getName());
    assertThat(type).isNotSameAs(DeployedApplication.class);
    return type.getDeclaredConstructor().newInstance();
  }

  @SuppressWarnings("unchecked")
  private static String call(Object application, String argument) {
    return ((UnaryOperator<String>) application).apply(argument);
  }

  private static long left(List<WeakReference<ClassLoader>> deployments) {
    return deployments.stream().filter(loader -> loader.get() != null).count();
  }

  /** Jars and directories of this test run; but for the test engine, what an application has. */
  private static URL[] classPath() {
    String path =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return Arrays.stream(path.split(File.pathSeparator))
        .map(
            entry -> {
              try {
                return new File(entry).toURI().toURL();
              } catch (MalformedURLException e) {
                throw new IllegalArgumentException(e);
              }
            })
        .toArray(URL[]::new);
  }
}
