package org.sessionregistry.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sessionregistry.ClientSession;
import org.sessionregistry.config.SessionFile;

/** Beans hear of sessions as they come and go. */
class EventsTest {
  /** What observers have heard; tests run one by one. */
  private static final BlockingQueue<String> HEARD = new LinkedBlockingQueue<>();

  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void start() {
    HEARD.clear();
    file = directory.resolve("sessions.properties");
    System.setProperty(SessionFile.PROPERTY, file.toString());
  }

  @AfterEach
  void forgetTheFile() {
    System.clearProperty(SessionFile.PROPERTY);
  }

  @Test
  void eachSessionIsOpenedWhenTheFirstIsUsed() throws Exception {
    write("client-session.one.base-url=http://one.example/");
    try (Application application = application(Hearing.class)) {
      assertThat(HEARD).isEmpty();

      application.session("one").name();

      assertThat(next(2)).containsExactly("opened one", "opened two");
    }
  }

  @Test
  void aReloadIsToldForWhatHasChanged() throws Exception {
    write("client-session.one.base-url=http://one.example/");
    try (Application application = application(Hearing.class)) {
      application.session("one").name();
      next(2);

      write(
          "client-session.one.base-url=http://another.example/",
          "client-session.three.base-url=http://three.example/");
      application.registry().reload();

      assertThat(next(2)).containsExactly("opened three", "reloaded one");
    }
  }

  @Test
  void whatAReloadDoesNotFindAnyMoreIsClosed() throws Exception {
    write("client-session.one.base-url=http://one.example/");
    try (Application application = application(Hearing.class)) {
      application.session("two").name();
      next(2);

      write();
      application.registry().reload();

      assertThat(next(1)).containsExactly("closed one");
    }
  }

  @Test
  void aSessionThatIsClosedByItselfIsTold() throws Exception {
    write();
    try (Application application = application(Hearing.class)) {
      application.registry().session("two").close();

      assertThat(next(2)).containsExactly("opened two", "closed two");
    }
  }

  @Test
  void anObserverMayUseASession() throws Exception {
    write();
    try (Application application = application(Using.class)) {
      application.session("two").name();

      assertThat(next(1)).containsExactly("two is two");
    }
  }

  @Test
  void anObserverThatFailsIsLoggedAndTheNextEventIsTold() throws Exception {
    write();
    try (Log log = Log.ofTheModule();
        Application application = application(Hearing.class, Failing.class)) {
      application.registry().session("two").close();

      assertThat(next(2)).containsExactly("opened two", "closed two");
      assertThat(log.lines())
          .anyMatch(
              line ->
                  line.startsWith(
                      "WARNING an observer of SessionOpened[name=two] failed; others were told"));
    }
  }

  @Test
  void theEndOfTheApplicationIsNotTold() throws Exception {
    write();
    try (Application application = application(Hearing.class)) {
      application.session("two").name();
      next(1);
    }

    assertThat(HEARD).isEmpty();
  }

  private void write(String... lines) throws Exception {
    Files.writeString(file, String.join("\n", lines));
  }

  private static Application application(Class<?>... beans) {
    return Application.configured("client-session.two.base-url", "http://two.example/")
        .withDiscoveredSources()
        .beans(beans)
        .start();
  }

  private static List<String> next(int count) throws InterruptedException {
    List<String> next = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      next.add(HEARD.poll(10, TimeUnit.SECONDS));
    }
    return next;
  }

  @ApplicationScoped
  static class Hearing {
    void opened(@ObservesAsync SessionOpened event) {
      HEARD.add("opened " + event.name());
    }

    void reloaded(@ObservesAsync SessionReloaded event) {
      HEARD.add("reloaded " + event.name());
    }

    void closed(@ObservesAsync SessionClosed event) {
      HEARD.add("closed " + event.name());
    }
  }

  @ApplicationScoped
  static class Using {
    @Inject
    @SessionName("two")
    ClientSession session;

    void opened(@ObservesAsync SessionOpened event) {
      HEARD.add(event.name() + " is " + session.name());
    }
  }

  @ApplicationScoped
  static class Failing {
    void opened(@ObservesAsync SessionOpened event) {
      throw new IllegalStateException("on purpose");
    }
  }
}
