package org.sessionregistry.quarkus;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import org.sessionregistry.ClientSession;
import org.sessionregistry.cdi.SessionName;

/** Another bean that says goodbye, so that one of the two is not the first. */
@ApplicationScoped
public class ByConstructor {
  private final ClientSession session;

  @Inject
  ByConstructor(@SessionName("login") ClientSession session) {
    this.session = session;
  }

  ClientSession session() {
    return session;
  }

  @PreDestroy
  void stop() throws IOException, InterruptedException {
    Customers.text(session, "/goodbye-too");
  }
}
