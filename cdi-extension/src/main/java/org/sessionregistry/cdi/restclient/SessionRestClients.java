package org.sessionregistry.cdi.restclient;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.eclipse.microprofile.rest.client.RestClientBuilder;
import org.eclipse.microprofile.rest.client.spi.RestClientListener;
import org.sessionregistry.ClientSession;

/**
 * Puts those MicroProfile Rest Client interfaces on a session that name one: by configuration, or
 * by the property {@value #SESSION} of their builder. Found by {@code ServiceLoader}; it keeps
 * nothing, and makes implementations that would keep it forget it. Called on the thread that builds
 * a client.
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
    RememberedListeners.forget(this, builder.getClass());
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
        builder.register(resteasy(builder, session));
      } else if (implementation.startsWith("org.glassfish.jersey.")) {
        builder.register(new JerseyTransport(session));
      } else if (implementation.startsWith("org.apache.cxf.")) {
        builder.register(new CxfTransport(session), Integer.MIN_VALUE);
      } else {
        throw new IllegalStateException(
            RestClientMessages.unknownImplementation(
                serviceInterface, session.name(), implementation));
      }
    } catch (LinkageError | ReflectiveOperationException e) {
      throw new IllegalStateException(
          RestClientMessages.hiddenImplementation(serviceInterface, session.name(), implementation),
          e);
    }
  }

  private static Object resteasy(RestClientBuilder builder, ClientSession session)
      throws ReflectiveOperationException {
    try {
      return new ResteasyEngine(session);
    } catch (NoClassDefFoundError hidden) {
      // The builder's own bundle need not see all that the transport needs; RESTEasy's core does.
      Class<?> core =
          Class.forName(
              "org.jboss.resteasy.client.jaxrs.internal.ClientInvocation",
              false,
              builder.getClass().getClassLoader());
      return TransportLoader.to(core, "org.jboss.resteasy.").transport("ResteasyEngine", session);
    }
  }
}
