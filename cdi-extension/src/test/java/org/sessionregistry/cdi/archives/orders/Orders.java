package org.sessionregistry.cdi.archives.orders;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.sessionregistry.ClientSession;
import org.sessionregistry.Response;
import org.sessionregistry.cdi.SessionName;

/** A bean of one archive. */
@ApplicationScoped
public class Orders {
  @Inject
  @SessionName("shop")
  ClientSession shop;

  /** Asks the shop. */
  public String ask(String path) throws Exception {
    try (Response response = shop.get(path).send()) {
      return response.text();
    }
  }
}
