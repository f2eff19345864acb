package org.sessionregistry.containers.app;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.ObservesAsync;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.sessionregistry.cdi.SessionOpened;

/** Hears of sessions. */
@ApplicationScoped
public class Journal {
  private final BlockingQueue<String> opened = new LinkedBlockingQueue<>();

  void opened(@ObservesAsync SessionOpened event) {
    opened.add(event.name());
  }

  String opened(int count) throws InterruptedException {
    TreeSet<String> names = new TreeSet<>();
    while (names.size() < count) {
      names.add(String.valueOf(opened.poll(10, TimeUnit.SECONDS)));
    }
    return names.toString();
  }
}
