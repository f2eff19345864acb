package org.sessionregistry.servers.readme;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.ObservesAsync;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.sessionregistry.cdi.SessionClosed;
import org.sessionregistry.cdi.SessionOpened;
import org.sessionregistry.cdi.SessionReloaded;

/** An example of docs/beans.md, word for word; the following comment is not part of it. */
// beans
@ApplicationScoped
public class SessionJournal {
  private final Queue<String> lines = new ConcurrentLinkedQueue<>();

  void opened(@ObservesAsync SessionOpened event) {
    lines.add("opened " + event.name());
  }

  void reloaded(@ObservesAsync SessionReloaded event) {
    lines.add("reloaded " + event.name());
  }

  void closed(@ObservesAsync SessionClosed event) {
    lines.add("closed " + event.name());
  }

  Queue<String> lines() {
    return lines;
  }
}
