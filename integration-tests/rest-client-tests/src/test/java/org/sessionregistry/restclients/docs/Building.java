package org.sessionregistry.restclients.docs;

import java.net.URI;
import org.eclipse.microprofile.rest.client.RestClientBuilder;
import org.sessionregistry.ClientSession;
import org.sessionregistry.SessionRegistry;

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

  static Users users(SessionRegistry registry, URI uri, String tenant) {
    // tenant
    return RestClientBuilder.newBuilder()
        .baseUri(uri)
        .property("org.sessionregistry.session", registry.session("github", tenant))
        .build(Users.class);
  }
}
