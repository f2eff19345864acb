package org.sessionregistry.cdi.restclient;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Method;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.logging.Logger;
import org.apache.cxf.interceptor.Interceptor;
import org.apache.cxf.message.Exchange;
import org.apache.cxf.message.Message;
import org.apache.cxf.message.MessageImpl;
import org.apache.cxf.phase.AbstractPhaseInterceptor;
import org.apache.cxf.phase.Phase;
import org.apache.cxf.transport.AbstractConduit;
import org.apache.cxf.transport.MessageObserver;
import org.apache.cxf.transport.http.ProxyOutputStream;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.ClientSession;
import org.sessionregistry.Response;

/**
 * Takes one exchange of CXF through a session. CXF writes the entity between {@link #prepare} and
 * {@link #close(Message)}, which sends what is left. A method that waits gets its response there;
 * for one that does not, it comes on the client's executor. Used by one exchange.
 */
final class CxfConduit extends AbstractConduit {
  private static final Logger LOG = Logger.getLogger(CxfConduit.class.getName());

  private final ClientSession session;
  private @Nullable SessionCall call;
  private boolean sent;

  CxfConduit(ClientSession session) {
    super(null);
    this.session = session;
  }

  @Override
  public void prepare(Message message) {
    SessionCall started =
        new SessionCall(
            session,
            text(message, Message.HTTP_REQUEST_METHOD),
            URI.create(text(message, Message.REQUEST_URI)),
            () -> fields(message));
    call = started;
    ProxyOutputStream seenByFilters = message.getContent(ProxyOutputStream.class);
    if (seenByFilters == null || message.getContent(OutputStream.class) == null) {
      message.setContent(OutputStream.class, started);
    } else {
      seenByFilters.setWrappedOutputStream(started); // a filter may have put another one around it
    }
  }

  private static String text(Message message, String key) {
    return String.valueOf(message.get(key));
  }

  private static Map<String, List<String>> fields(Message message) {
    Map<String, List<String>> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    if (message.get(Message.PROTOCOL_HEADERS) instanceof Map<?, ?> given) {
      given.forEach((name, values) -> fields.put(String.valueOf(name), texts((List<?>) values)));
    }
    if (Boolean.TRUE.equals(message.get("org.apache.cxf.empty.request"))) {
      fields.remove(Message.CONTENT_TYPE);
    } else if (message.get(Message.CONTENT_TYPE) instanceof String type) {
      fields.putIfAbsent(Message.CONTENT_TYPE, List.of(type));
    }
    return fields;
  }

  private static List<String> texts(List<?> values) {
    List<String> texts = new ArrayList<>(values.size());
    values.forEach(value -> texts.add(String.valueOf(value)));
    return texts;
  }

  /** The end of the request, and later of the response, with the response's message. */
  @Override
  public void close(Message message) throws IOException {
    SessionCall prepared = call;
    if (prepared == null || sent) {
      InputStream body = message.getContent(InputStream.class);
      if (body != null) {
        body.close();
      }
      return;
    }
    OutputStream entity = message.getContent(OutputStream.class);
    if (entity != null) {
      entity.close();
    }
    sent = true;
    Exchange exchange = message.getExchange();
    if (exchange.isSynchronous()) {
      receive(exchange, prepared.await());
      return;
    }
    Executor executor = exchange.get(Executor.class);
    exchange.put(Executor.class.getName() + ".USING_SPECIFIED", true);
    prepared.deliver(
        executor,
        (response, failure) -> {
          if (response == null) {
            fail(message, failure);
            return;
          }
          try {
            receive(exchange, response);
          } catch (IOException e) {
            fail(message, e);
          }
        });
  }

  private static void receive(Exchange exchange, Response response) throws IOException {
    Message message = new MessageImpl();
    message.setExchange(exchange);
    message.put(Message.RESPONSE_CODE, response.status());
    message.put("http.response.message", response.reason());
    message.put(Message.PROTOCOL_HEADERS, ResponseFields.of(response));
    response.contentType().ifPresent(type -> message.put(Message.CONTENT_TYPE, type));
    message.put(Message.ENCODING, response.charset().name());
    message.setContent(InputStream.class, ResponseEntity.of(response, unwanted(exchange)));
    exchange.get(MessageObserver.class).onMessage(message);
  }

  /** CXF neither reads nor closes what a {@code void} method gets. */
  private static boolean unwanted(Exchange exchange) {
    return exchange.isSynchronous()
        && exchange.get("jaxrs.filter.properties") instanceof Map<?, ?> properties
        && properties.get("org.eclipse.microprofile.rest.client.invokedMethod")
            instanceof Method method
        && method.getReturnType() == void.class;
  }

  private static void fail(Message message, @Nullable Throwable failure) {
    message.getInterceptorChain().abort();
    message.setContent(
        Exception.class,
        failure instanceof Exception exception ? exception : new IOException(failure));
    MessageObserver observer = message.getInterceptorChain().getFaultObserver();
    if (observer == null) {
      observer = message.getExchange().get(MessageObserver.class);
    }
    observer.onMessage(message);
  }

  /** Ends the exchange if something goes wrong while the entity is written. */
  Interceptor<Message> abandoning() {
    return new AbstractPhaseInterceptor<>(Phase.PREPARE_SEND) {
      @Override
      public void handleMessage(Message message) {}

      @Override
      public void handleFault(Message message) {
        SessionCall prepared = call;
        Exception failure = message.getContent(Exception.class);
        if (prepared != null && !sent) {
          prepared.abandon(failure == null ? new IOException("not written") : failure);
        }
      }
    };
  }

  @Override
  protected Logger getLogger() {
    return LOG;
  }
}
