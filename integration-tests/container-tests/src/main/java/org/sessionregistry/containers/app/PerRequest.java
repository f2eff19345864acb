package org.sessionregistry.containers.app;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import org.sessionregistry.ClientSession;
import org.sessionregistry.cdi.SessionName;

/** A bean that lives as long as a request of the container. */
@RequestScoped
public class PerRequest {
  @Inject
  @SessionName("shop")
  ClientSession shop;

  String text() throws IOException, InterruptedException {
    return Commands.text(shop, "/per-request");
  }
}
