package org.sessionregistry.restclients;

import org.eclipse.microprofile.rest.client.RestClientBuilder;

/** Which implementation of MicroProfile Rest Client this run of the tests is on. */
enum Implementation {
  RESTEASY("org.jboss.resteasy."),
  JERSEY("org.glassfish.jersey."),
  CXF("org.apache.cxf.");

  private final String packages;

  Implementation(String packages) {
    this.packages = packages;
  }

  /** What the build says; RESTEasy where tests are run by hand. */
  static Implementation expected() {
    return valueOf(System.getProperty("expected.implementation", "RESTEASY"));
  }

  boolean made(RestClientBuilder builder) {
    return builder.getClass().getName().startsWith(packages);
  }
}
