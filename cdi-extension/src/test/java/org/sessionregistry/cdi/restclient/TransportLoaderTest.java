package org.sessionregistry.cdi.restclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import org.jboss.resteasy.client.jaxrs.engines.AsyncClientHttpEngine;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sessionregistry.ClientSession;
import org.sessionregistry.SessionRegistry;
import org.sessionregistry.settings.SessionSettings;

/** An application that cannot see RESTEasy, and a server that has it but not the application. */
class TransportLoaderTest {
  private static final String RESTEASY = "org.jboss.resteasy.";
  private static final String OURS = "org.sessionregistry.";

  private final SessionRegistry registry = SessionRegistry.builder().build();
  private final ClientSession session = registry.open(SessionSettings.builder("github").build());
  private final ClassLoader application = new Without(RESTEASY);

  @AfterEach
  void close() {
    registry.close();
  }

  @Test
  void aTransportMeetsTheClassesOfBothSides() throws Exception {
    Object transport =
        new TransportLoader(application, new Without(OURS), RESTEASY)
            .transport("ResteasyEngine", session);

    assertThat(transport).isInstanceOf(AsyncClientHttpEngine.class);
    assertThat(transport).isNotInstanceOf(ResteasyEngine.class);
    assertThat(((AsyncClientHttpEngine) transport).isFollowRedirects())
        .isEqualTo(session.settings().redirects().max() > 0);
  }

  @Test
  void clientsOfOneServerShareTheCopies() throws Exception {
    TransportLoader loader = TransportLoader.to(AsyncClientHttpEngine.class, RESTEASY);

    assertThat(TransportLoader.to(AsyncClientHttpEngine.class, RESTEASY)).isSameAs(loader);
    assertThat(loader.transport("ResteasyEngine", session).getClass())
        .isSameAs(loader.transport("ResteasyEngine", session).getClass());
  }

  @Test
  void whatTheServerDoesNotHaveIsNotFound() {
    TransportLoader loader = new TransportLoader(application, application, RESTEASY);

    assertThatThrownBy(() -> loader.transport("ResteasyEngine", session))
        .isInstanceOf(NoClassDefFoundError.class)
        .hasMessageContaining("AsyncClientHttpEngine");
    assertThatThrownBy(() -> loader.transport("NoSuchTransport", session))
        .isInstanceOf(ClassNotFoundException.class)
        .hasMessageContaining("NoSuchTransport");
  }

  /** Sees what the test sees, except some. */
  private static final class Without extends ClassLoader {
    private final String hidden;

    Without(String hidden) {
      super(null);
      this.hidden = hidden;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      if (name.startsWith(hidden)) {
        throw new ClassNotFoundException(name);
      }
      return TransportLoaderTest.class.getClassLoader().loadClass(name);
    }

    @Override
    public @Nullable InputStream getResourceAsStream(String name) {
      return TransportLoaderTest.class.getClassLoader().getResourceAsStream(name);
    }
  }
}
