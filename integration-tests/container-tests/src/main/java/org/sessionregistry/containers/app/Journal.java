package org.sessionregistry.containers.app;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.ObservesAsync;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.sessionregistry.cdi.SessionOpened;
import org.sessionregistry.cdi.SessionReloaded;

/** Hears of sessions. */
@ApplicationScoped
public class Journal {
  private final BlockingQueue<String> opened = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> reloaded = new LinkedBlockingQueue<>();

  void opened(@ObservesAsync SessionOpened event) {
    opened.add(event.name());
  }

  void reloaded(@ObservesAsync SessionReloaded event) {
    reloaded.add(event.name());
  }

  /** The next session that has other settings. */
  String reloaded() throws InterruptedException {
    return String.valueOf(reloaded.poll(30, TimeUnit.SECONDS));
  }

  String opened(int count) throws InterruptedException {
    TreeSet<String> names = new TreeSet<>();
    while (names.size() < count) {
      names.add(String.valueOf(opened.poll(10, TimeUnit.SECONDS)));
    }
    return names.toString();
  }
}
