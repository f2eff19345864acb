package org.sessionregistry.containers.app;

import jakarta.enterprise.context.ApplicationScoped;

/** Behind a client proxy, wherever it is used. */
@ApplicationScoped
public class Stamp {
  String text() {
    return "stamped";
  }
}
