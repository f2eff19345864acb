package org.sessionregistry.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.context.SessionScoped;
import jakarta.enterprise.context.control.RequestContextController;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sessionregistry.ClientSession;
import org.sessionregistry.Response;

/** Beans of every scope may hold a session, also those that are written to disk. */
class ScopesTest {
  private TestServer server;
  private Application application;

  @BeforeEach
  void start() {
    server = new TestServer();
    application =
        Application.configured("client-session.github.base-url", server.url())
            .beans(OfTheApplication.class, OfARequest.class, OfAUser.class, Part.class)
            .start();
  }

  @AfterEach
  void stop() {
    application.close();
    server.close();
  }

  @Test
  void anApplicationScopedBean() throws Exception {
    assertThat(application.get(OfTheApplication.class).ask("/application"))
        .isEqualTo("/application");
  }

  @Test
  void aDependentBean() throws Exception {
    assertThat(application.get(Part.class).ask("/dependent")).isEqualTo("/dependent");
  }

  @Test
  void aRequestScopedBean() throws Exception {
    RequestContextController context = application.get(RequestContextController.class);
    context.activate();
    try {
      assertThat(application.get(OfARequest.class).ask("/request")).isEqualTo("/request");
    } finally {
      context.deactivate();
    }
  }

  /** The container has checked {@link OfAUser} when it started: all it holds can be passivated. */
  @Test
  void aBeanThatIsPassivatedWithItsSession() throws Exception {
    Part part = application.get(Part.class);

    Part activated = application.inside(() -> activated(passivated(part)));

    assertThat(activated.ask("/activated")).isEqualTo("/activated");
  }

  private static byte[] passivated(Part part) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(part);
    }
    return bytes.toByteArray();
  }

  private static Part activated(byte[] bytes) throws IOException, ClassNotFoundException {
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
      return (Part) in.readObject();
    }
  }

  private static String get(ClientSession session, String path)
      throws IOException, InterruptedException {
    try (Response response = session.get(path).send()) {
      return response.text();
    }
  }

  @ApplicationScoped
  static class OfTheApplication {
    @Inject
    @SessionName("github")
    ClientSession session;

    String ask(String path) throws IOException, InterruptedException {
      return get(session, path);
    }
  }

  @RequestScoped
  static class OfARequest {
    @Inject
    @SessionName("github")
    ClientSession session;

    String ask(String path) throws IOException, InterruptedException {
      return get(session, path);
    }
  }

  @SessionScoped
  static class OfAUser implements Serializable {
    private static final long serialVersionUID = 1L;

    @Inject
    @SessionName("github")
    ClientSession session;

    @Inject Part part;
  }

  @Dependent
  static class Part implements Serializable {
    private static final long serialVersionUID = 1L;

    @Inject
    @SessionName("github")
    ClientSession session;

    String ask(String path) throws IOException, InterruptedException {
      return get(session, path);
    }
  }
}
