package org.sessionregistry.quarkus;

import io.quarkus.runtime.Startup;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import org.sessionregistry.ClientSession;
import org.sessionregistry.cdi.SessionName;

/** A singleton is destroyed after the beans of the application. */
@Startup
@Singleton
public class Last {
  @Inject
  @SessionName("login")
  ClientSession login;

  @PreDestroy
  void stop() throws IOException, InterruptedException {
    String end;
    try {
      end = Customers.text(login, "/last");
    } catch (RuntimeException e) {
      end = String.valueOf(e.getMessage());
    }
    System.out.println("at the end: " + end);
  }
}
