package org.sessionregistry.cdi.restclient;

import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.core.Configuration;
import jakarta.ws.rs.core.Feature;
import jakarta.ws.rs.core.FeatureContext;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import org.glassfish.jersey.client.ClientConfig;
import org.glassfish.jersey.client.ClientRequest;
import org.glassfish.jersey.client.ClientResponse;
import org.glassfish.jersey.client.spi.AsyncConnectorCallback;
import org.glassfish.jersey.client.spi.Connector;
import org.glassfish.jersey.client.spi.ConnectorProvider;
import org.glassfish.jersey.message.internal.Statuses;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.ClientSession;
import org.sessionregistry.Response;

/**
 * Jersey's way to a session. It is a feature, too, which does nothing, because Jersey warns of what
 * is registered and has no contract that it knows. Closing a connector must not close the session,
 * which belongs to the registry. Thread-safe.
 */
final class JerseyTransport implements ConnectorProvider, Feature {
  private final ClientSession session;

  JerseyTransport(ClientSession session) {
    this.session = session;
  }

  @Override
  public boolean configure(FeatureContext context) {
    return true;
  }

  @Override
  public Connector getConnector(Client client, Configuration configuration) {
    Optional<Executor> executor =
        configuration instanceof ClientConfig config
            ? Optional.ofNullable(config.getExecutorService())
            : Optional.empty();
    return new SessionConnector(session, executor);
  }

  /**
   * What Jersey sends with. Filters, writers and readers run on the caller's thread, or on those of
   * the client's executor.
   */
  private record SessionConnector(ClientSession session, Optional<Executor> executor)
      implements Connector {
    @Override
    public ClientResponse apply(ClientRequest request) {
      SessionCall call = write(request);
      try {
        return response(request, call.await());
      } catch (IOException | RuntimeException e) {
        throw failed(e);
      }
    }

    @Override
    public Future<?> apply(ClientRequest request, AsyncConnectorCallback callback) {
      BiConsumer<@Nullable Response, @Nullable Throwable> receiver =
          (response, failure) -> {
            if (response == null) {
              callback.failure(failed(failure));
              return;
            }
            ClientResponse received;
            try {
              received = response(request, response);
            } catch (IOException | RuntimeException e) {
              callback.failure(failed(e));
              return;
            }
            callback.response(received);
          };
      try {
        SessionCall call = write(request);
        if (executor.isPresent()) {
          return call.deliver(executor.get(), receiver);
        }
        receiver.accept(call.await(), null); // on a thread that Jersey gave for it
      } catch (IOException e) {
        callback.failure(failed(e));
      } catch (RuntimeException e) {
        callback.failure(e instanceof ProcessingException ? e : failed(e));
      }
      return CompletableFuture.completedFuture(null);
    }

    private SessionCall write(ClientRequest request) {
      SessionCall call =
          new SessionCall(session, request.getMethod(), request.getUri(), () -> fields(request));
      if (!request.hasEntity()) {
        return call;
      }
      request.setStreamProvider(length -> call);
      try {
        request.writeEntity();
        return call;
      } catch (IOException | RuntimeException | Error e) {
        Throwable why = call.abandon(e);
        if (why == e && e instanceof RuntimeException ofTheWriter) {
          throw ofTheWriter;
        }
        throw failed(why);
      }
    }

    /** Without the name that Jersey gives itself, in whose place the session may have one. */
    private static Map<String, List<String>> fields(ClientRequest request) {
      Map<String, List<String>> fields = request.getStringHeaders();
      String agent = request.getHeaderString("User-Agent");
      if (agent != null && agent.startsWith("Jersey/")) {
        fields.remove("User-Agent");
      }
      return fields;
    }

    private static ClientResponse response(ClientRequest request, Response from)
        throws IOException {
      ClientResponse response =
          new ClientResponse(
              from.reason().isEmpty()
                  ? Statuses.from(from.status())
                  : Statuses.from(from.status(), from.reason()),
              request,
              from.uri());
      ResponseFields.of(from).forEach((name, values) -> response.getHeaders().put(name, values));
      response.setEntityStream(ResponseEntity.of(from, false));
      return response;
    }

    private static ProcessingException failed(@Nullable Throwable why) {
      return new ProcessingException(why == null ? null : why.getMessage(), why);
    }

    /** None, so that the session's {@code User-Agent} holds. */
    @Override
    public @Nullable String getName() {
      return null;
    }

    @Override
    public void close() {}
  }
}
