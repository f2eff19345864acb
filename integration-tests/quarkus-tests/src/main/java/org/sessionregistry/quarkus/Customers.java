package org.sessionregistry.quarkus;

import io.netty.util.Version;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.util.TreeSet;
import org.sessionregistry.ClientSession;
import org.sessionregistry.Response;
import org.sessionregistry.SessionRegistry;
import org.sessionregistry.cdi.SessionName;

/** A bean with sessions by every kind of name. */
@ApplicationScoped
public class Customers {
  @Inject
  @SessionName("crm")
  ClientSession crm;

  @Inject
  @Named("crm")
  ClientSession named;

  @Inject ClientSession unqualified;

  @Inject
  @SessionName("reports")
  ClientSession configuredAtRunTime;

  @Inject
  @SessionName("nobody")
  Instance<ClientSession> optional;

  @Inject @Any Instance<ClientSession> any;

  @Inject SessionRegistry registry;

  @Inject ByConstructor byConstructor;
  @Inject Journal journal;

  String ask(String command) throws IOException, InterruptedException {
    return switch (command) {
      case "crm" -> text(crm, "/crm");
      case "named" -> text(named, "/named");
      case "reports" -> text(configuredAtRunTime, "/reports");
      case "constructor" -> text(byConstructor.session(), "/constructor");
      case "unqualified" -> unqualified.name();
      case "optional" -> String.valueOf(optional.isUnsatisfied());
      case "selected" -> any.select(SessionName.Literal.of("unused")).get().name();
      case "registry" -> new TreeSet<>(registry.names()).toString();
      case "events" -> journal.opened(registry.names().size());
      case "netty" -> String.valueOf(Version.identify().get("netty-common"));
      default -> "?";
    };
  }

  static String text(ClientSession session, String path) throws IOException, InterruptedException {
    try (Response response = session.get(path).send()) {
      return response.text();
    }
  }

  @PreDestroy
  void stop() throws IOException, InterruptedException {
    text(crm, "/goodbye");
  }
}
