package org.sessionregistry.servers.exchange;

import org.sessionregistry.Response;
import org.sessionregistry.SessionRegistry;
import org.sessionregistry.settings.SessionSettings;

/** Sends one request, in a JVM of its own that lacks the module java.management. */
final class WithoutManagement {
  private WithoutManagement() {}

  public static void main(String[] origin) throws Exception {
    boolean has = ModuleLayer.boot().findModule("java.management").isPresent();
    try (SessionRegistry registry =
            SessionRegistry.builder().session(SessionSettings.named("a")).build();
        Response response = registry.session("a").get(origin[0]).send()) {
      System.out.println(response.status() + (has ? " with" : " without") + " java.management");
    }
  }
}
