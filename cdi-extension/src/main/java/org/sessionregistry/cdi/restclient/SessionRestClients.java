package org.sessionregistry.cdi.restclient;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.eclipse.microprofile.rest.client.RestClientBuilder;
import org.eclipse.microprofile.rest.client.spi.RestClientListener;
import org.sessionregistry.ClientSession;

/**
 * Puts those MicroProfile Rest Client interfaces on a session that name one: by configuration, or
 * by the property {@value #SESSION} of their builder. Found by {@code ServiceLoader}; it keeps
 * nothing, because implementations keep it for as long as the class loader lives. Called on the
 * thread that builds a client.
 */
public final class SessionRestClients implements RestClientListener {
  /**
   * The property of a {@code RestClientBuilder} that names a session: the {@link ClientSession}
   * itself, or a {@code String} with its name where CDI is.
   */
  public static final String SESSION = "org.sessionregistry.session";

  private static final Logger LOG = System.getLogger(SessionRestClients.class.getPackageName());

  /** Made by {@code ServiceLoader}. */
  public SessionRestClients() {}

  @Override
  public void onNewClient(Class<?> serviceInterface, RestClientBuilder builder) {
    SessionChoice.of(serviceInterface, builder)
        .ifPresent(
            session -> {
              register(serviceInterface, builder, session);
              String unused =
                  UnusedSettings.report(serviceInterface, builder.getConfiguration(), session);
              if (!unused.isEmpty()) {
                LOG.log(Level.WARNING, unused);
              }
            });
  }

  private static void register(
      Class<?> serviceInterface, RestClientBuilder builder, ClientSession session) {
    String implementation = builder.getClass().getName();
    try {
      if (implementation.startsWith("org.jboss.resteasy.")
          || implementation.startsWith("io.quarkus.restclient.")) { // RESTEasy Classic below
        builder.register(new ResteasyEngine(session));
      } else if (implementation.startsWith("org.glassfish.jersey.")) {
        builder.register(new JerseyTransport(session));
      } else if (implementation.startsWith("org.apache.cxf.")) {
        builder.register(new CxfTransport(session), Integer.MIN_VALUE);
      } else {
        throw new IllegalStateException(
            RestClientMessages.unknownImplementation(
                serviceInterface, session.name(), implementation));
      }
    } catch (LinkageError e) {
      throw new IllegalStateException(
          RestClientMessages.hiddenImplementation(serviceInterface, session.name(), implementation),
          e);
    }
  }
}
