package org.sessionregistry.sample;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Promise;
import org.sessionregistry.sample.Service.Call;
import org.sessionregistry.sample.Service.Reply;

/**
 * Reads a request to its end, asks the service behind the connector that it came in by, and sends
 * the reply after the time that the service takes. Never blocks.
 */
final class ServiceHandler extends Handler.Abstract.NonBlocking {
  private final Map<String, Service> services;
  private final Map<String, ServiceCounter> counters;

  /** Service and counter of each connector, by its name. */
  ServiceHandler(Map<String, Service> services, Map<String, ServiceCounter> counters) {
    this.services = services;
    this.counters = counters;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    String name = request.getConnectionMetaData().getConnector().getName();
    Service service = services.get(name);
    ServiceCounter counter = counters.get(name);
    if (service == null || counter == null) {
      return false;
    }
    Map<String, String> cookies = new LinkedHashMap<>();
    for (HttpCookie cookie : Request.getCookies(request)) {
      cookies.put(cookie.getName(), cookie.getValue());
    }
    String path = request.getHttpURI().getDecodedPath();
    counter.begin(
        request.getConnectionMetaData().getConnection(),
        request.getMethod() + " /" + path.split("/", 3)[1],
        cookies.keySet());
    Content.Source.asByteBuffer(
        request,
        Promise.from(
            body -> {
              int received = body.remaining();
              String text = StandardCharsets.UTF_8.decode(body).toString();
              Call call = new Call(request.getMethod(), path, request.getHeaders(), cookies, text);
              Reply reply = service.answer(call);
              request
                  .getComponents()
                  .getScheduler()
                  .schedule(
                      () -> send(reply, received, counter, response, callback),
                      reply.delay().toMillis(),
                      TimeUnit.MILLISECONDS);
            },
            failure -> {
              counter.end(0, 0);
              callback.failed(failure);
            }));
    return true;
  }

  private static void send(
      Reply reply, int received, ServiceCounter counter, Response response, Callback callback) {
    ByteBuffer body = StandardCharsets.UTF_8.encode(reply.body());
    counter.end(received, body.remaining());
    response.setStatus(reply.status());
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, reply.contentType());
    reply.setCookie().ifPresent(c -> response.getHeaders().add(HttpHeader.SET_COOKIE, c));
    response.write(true, body, callback);
  }
}
