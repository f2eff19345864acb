package org.sessionregistry.restclients;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;

/** A real server (Jetty) on loopback that a test tells what to answer. */
final class Upstream implements AutoCloseable {
  /** What a test wants of a request. */
  interface Behaviour {
    void answer(Call call) throws Exception;
  }

  private final Server server = new Server();
  private final ServerConnector connector = new ServerConnector(server);
  private final List<String> seen = new CopyOnWriteArrayList<>();

  Upstream(Behaviour behaviour) {
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(
        new Handler.Abstract() {
          @Override
          public boolean handle(Request request, Response response, Callback callback)
              throws Exception {
            seen.add(request.getMethod() + " " + request.getHttpURI().getPathQuery());
            try (Call call = new Call(request, response)) {
              behaviour.answer(call);
            }
            callback.succeeded();
            return true;
          }
        });
    try {
      server.start();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + connector.getLocalPort());
  }

  /** Method and target of each request. */
  List<String> seen() {
    return seen;
  }

  int connections() {
    return connector.getConnectedEndPoints().size();
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** One request and its answer. */
  static final class Call implements AutoCloseable {
    private final Request request;
    private final Response response;
    private final InputStream in;
    private final OutputStream out;

    private Call(Request request, Response response) {
      this.request = request;
      this.response = response;
      this.in = Request.asInputStream(request);
      this.out = Content.Sink.asOutputStream(response);
    }

    String method() {
      return request.getMethod();
    }

    String path() {
      return request.getHttpURI().getPath();
    }

    /** The values of a field, joined with commas; empty if it is not there. */
    String header(String name) {
      return String.join(",", request.getHeaders().getValuesList(name));
    }

    InputStream body() {
      return in;
    }

    String text() throws IOException {
      return new String(body().readAllBytes(), StandardCharsets.UTF_8);
    }

    Call status(int status) {
      response.setStatus(status);
      return this;
    }

    Call set(String name, String value) {
      response.getHeaders().add(name, value);
      return this;
    }

    void json(String json) throws IOException {
      set("Content-Type", "application/json");
      write(json.getBytes(StandardCharsets.UTF_8));
    }

    /** A part that the client gets at once. */
    void write(byte[] bytes) throws IOException {
      out.write(bytes);
      out.flush();
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }
}
