package org.sessionregistry.restclients.docs;

import org.eclipse.microprofile.rest.client.RestClientBuilder;
import org.sessionregistry.ClientSession;

/** How a client is built in code. */
final class Building {
  private Building() {}

  static Users users(ClientSession github) {
    // builder
    return RestClientBuilder.newBuilder()
        .baseUri(github.settings().baseUrl().orElseThrow())
        .property("org.sessionregistry.session", github)
        .build(Users.class);
  }
}
