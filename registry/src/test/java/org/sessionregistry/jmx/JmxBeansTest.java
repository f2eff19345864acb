package org.sessionregistry.jmx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sessionregistry.observe.SessionMXBean;
import org.sessionregistry.settings.RegistrySettings;
import org.sessionregistry.settings.SessionSettings;

/** What is shown, from when until when, and what happens when the server does not play along. */
class JmxBeansTest {
  private static final Logger LOGGER = Logger.getLogger("org.sessionregistry.jmx");

  private final FakeBeanServer server = new FakeBeanServer();
  private final Deque<Runnable> background = new ArrayDeque<>();
  private final JmxBeans beans = beans(RegistrySettings.DEFAULTS);
  private final List<String> warnings = new ArrayList<>();
  private final List<String> done = new ArrayList<>();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord record) {
          warnings.add(new SimpleFormatter().formatMessage(record));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void listen() {
    LOGGER.addHandler(handler);
    LOGGER.setUseParentHandlers(false);
  }

  @AfterEach
  void listenNoMore() {
    LOGGER.removeHandler(handler);
    LOGGER.setUseParentHandlers(true);
  }

  private JmxBeans beans(RegistrySettings settings) {
    return new JmxBeans(Figures.registry(), () -> settings, background::add, () -> server);
  }

  private static SessionBean session(String name) {
    SessionSettings settings = SessionSettings.named(name);
    return new SessionBean(name, () -> settings, () -> Figures.session(name));
  }

  private void runBackground() {
    for (Runnable task = background.poll(); task != null; task = background.poll()) {
      task.run();
    }
  }

  @Test
  void aSessionIsShownInTheBackground() {
    SessionBean session = session("a");
    beans.show(session);
    assertThat(server.beans()).isEmpty();
    runBackground();
    assertThat(server.beans()).containsOnlyKeys("Registry 1", "Session 1 a");
  }

  @Test
  void aRegistryThatSentNothingIsNotShownAndNeedsNoThread() {
    beans.hide(session("a"));
    beans.end(() -> done.add("end"));
    assertThat(background).isEmpty();
    assertThat(server.beans()).isEmpty();
    assertThat(done).containsExactly("end");
  }

  @Test
  void aHundredSessionsBorrowOneThread() {
    for (int i = 0; i < 100; i++) {
      beans.show(session("s" + i));
    }
    assertThat(background).hasSize(1);
    runBackground();
    assertThat(server.beans()).hasSize(101);
  }

  @Test
  void toShowASessionAgainIsHarmless() {
    SessionBean session = session("a");
    beans.show(session);
    beans.show(session);
    runBackground();
    assertThat(server.beans()).containsOnlyKeys("Registry 1", "Session 1 a");
    assertThat(warnings).isEmpty();
  }

  @Test
  void aClosedSessionIsShownNoMore() {
    SessionBean session = session("a");
    beans.show(session);
    runBackground();
    beans.hide(session);
    runBackground();
    assertThat(server.beans()).containsOnlyKeys("Registry 1");
  }

  @Test
  void aSessionThatWasClosedBeforeItCouldBeShownIsNot() {
    SessionBean session = session("a");
    beans.hide(session);
    beans.show(session);
    runBackground();
    assertThat(server.beans().keySet()).noneMatch(name -> name.startsWith("Session"));
    assertThat(warnings).isEmpty();
  }

  @Test
  void aNameIsFreeForTheNextSession() {
    SessionBean first = session("a");
    SessionBean second = session("a");
    beans.show(first);
    beans.hide(first);
    beans.show(second);
    runBackground();
    assertThat(server.beans()).containsEntry("Session 1 a", second);
  }

  @Test
  void severalRegistriesHaveNumbers() {
    JmxBeans other = beans(RegistrySettings.DEFAULTS);
    beans.show(session("a"));
    other.show(session("a"));
    runBackground();
    assertThat(server.beans())
        .containsOnlyKeys("Registry 1", "Registry 2", "Session 1 a", "Session 2 a");
  }

  @Test
  void nothingIsLeftAtTheEnd() {
    SessionBean session = session("a");
    beans.show(session);
    runBackground();
    beans.hide(session);
    beans.end(() -> done.add("end"));
    assertThat(done).isEmpty();
    runBackground();
    assertThat(server.beans()).isEmpty();
    assertThat(done).containsExactly("end");
  }

  @Test
  void aRegistryThatEndsAtOnceDoesNotEvenBegin() {
    SessionBean session = session("a");
    beans.show(session);
    beans.hide(session);
    beans.end(() -> done.add("end"));
    runBackground();
    assertThat(server.beans()).isEmpty();
    assertThat(done).containsExactly("end");
  }

  @Test
  void switchedOffItDoesNothing() {
    JmxBeans off = beans(RegistrySettings.DEFAULTS.withJmx(false));
    SessionBean session = session("a");
    off.show(session);
    off.hide(session);
    off.end(() -> done.add("end"));
    assertThat(background).isEmpty();
    assertThat(done).containsExactly("end");
  }

  // ---- when it goes wrong ---------------------------------------------------------------------

  @Test
  void aServerThatRefusesIsAWarningOnce() {
    server.refusal = new SecurityException("not here");
    SessionBean session = session("a");
    beans.show(session);
    beans.show(session("b"));
    runBackground();
    beans.hide(session);
    beans.end(() -> done.add("end"));
    runBackground();
    assertThat(warnings)
        .singleElement()
        .asString()
        .contains("not here", "client-session-registry.jmx=false");
    assertThat(done).containsExactly("end");
  }

  @Test
  void aNameThatSomebodyElseTookIsAWarning() throws Exception {
    SessionBean stranger = session("stranger");
    beans.show(session("a"));
    runBackground();
    server.add(new BeanServer.Name("Session", 1, Optional.of("b")), SessionMXBean.class, stranger);
    SessionBean taken = session("b");
    beans.show(taken);
    beans.show(session("c"));
    runBackground();
    beans.hide(taken);
    runBackground();
    assertThat(warnings).singleElement().asString().contains("b");
    assertThat(server.beans())
        .containsEntry("Session 1 b", stranger)
        .containsKeys("Session 1 a", "Session 1 c");
  }

  @Test
  void aJvmWithoutJmxIsNoReasonToWarn() {
    JmxBeans without =
        new JmxBeans(
            Figures.registry(),
            () -> RegistrySettings.DEFAULTS,
            background::add,
            () -> {
              throw new NoClassDefFoundError("javax/management/MBeanServer");
            });
    without.show(session("a"));
    without.end(() -> done.add("end"));
    runBackground();
    assertThat(warnings).isEmpty();
    assertThat(done).containsExactly("end");
  }

  @Test
  void withoutAThreadItIsDoneByWhoAsks() {
    JmxBeans alone =
        new JmxBeans(
            Figures.registry(),
            () -> RegistrySettings.DEFAULTS,
            task -> {
              throw new RejectedExecutionException();
            },
            () -> server);
    alone.show(session("a"));
    assertThat(server.beans()).containsOnlyKeys("Registry 1", "Session 1 a");
  }
}
