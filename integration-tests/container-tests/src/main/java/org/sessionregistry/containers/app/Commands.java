package org.sessionregistry.containers.app;

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

/** What the application can be told to do. */
@ApplicationScoped
public class Commands {
  @Inject
  @SessionName("shop")
  ClientSession shop;

  @Inject
  @Named("shop")
  ClientSession named;

  @Inject
  @SessionName("secured")
  ClientSession secured;

  @Inject
  @SessionName("of-the-server")
  Instance<ClientSession> configuredByTheServer;

  @Inject @Any Instance<ClientSession> any;
  @Inject SessionRegistry registry;
  @Inject PerRequest perRequest;
  @Inject Journal journal;
  @Inject Workers workers;

  String run(String command) throws Exception {
    return switch (command) {
      case "shop" -> text(shop, "/shop");
      case "named" -> text(named, "/named");
      case "secured" -> text(secured, "/secured");
      case "per-request" -> perRequest.text();
      case "of-the-server" -> text(configuredByTheServer.get(), "/of-the-server");
      case "selected" -> any.select(SessionName.Literal.of("unused")).get().name();
      case "names" -> new TreeSet<>(registry.names()).toString();
      case "opened" -> journal.opened(registry.names().size());
      case "reloaded" -> journal.reloaded();
      case "timeout" -> registry.session("unused").settings().timeout().total().toString();
      case "managed" -> workers.managed();
      case "transaction" -> workers.inTransaction();
      case "after-transaction" -> workers.afterTransaction();
      case "hang" -> workers.hang();
      case "explain" -> registry.explain("shop").toString();
      default -> throw new IllegalArgumentException("unknown command " + command);
    };
  }

  static String text(ClientSession session, String path) throws IOException, InterruptedException {
    try (Response response = session.get(path).send()) {
      return response.text();
    }
  }

  /** Without checked exceptions, as the specification has it. */
  @PreDestroy
  void stop() {
    try {
      text(shop, "/goodbye");
    } catch (IOException e) {
      System.out.println("no goodbye: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
