package org.sessionregistry.cdi.restclient;

import java.io.IOException;
import java.io.InputStream;
import org.jboss.resteasy.client.jaxrs.internal.ClientInvocation;
import org.jboss.resteasy.client.jaxrs.internal.ClientResponse;
import org.jboss.resteasy.tracing.RESTEasyTracingLogger;
import org.jboss.resteasy.util.CaseInsensitiveMap;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.Response;

/**
 * A session's response as RESTEasy's. Whatever releases it closes the session's response. Used by
 * one thread at a time.
 */
final class ResteasyResponse extends ClientResponse {
  private final Response response;
  private @Nullable InputStream stream;

  /**
   * Takes the response.
   *
   * @throws IOException if the body of an error cannot be read
   */
  ResteasyResponse(ClientInvocation request, Response response) throws IOException {
    super(request.getClientConfiguration(), RESTEasyTracingLogger.empty());
    this.response = response;
    setStatus(response.status());
    setReasonPhrase(response.reason());
    CaseInsensitiveMap<String> fields = new CaseInsensitiveMap<>();
    fields.putAll(ResponseFields.of(response));
    setHeaders(fields);
    if (mayHaveBody(request.getMethod(), response.status())) {
      stream = ResponseEntity.of(response, false);
    } else {
      response.close();
    }
  }

  /** RFC 9110 section 6.4.1. */
  private static boolean mayHaveBody(String method, int status) {
    return !method.equals("HEAD") && status != 204 && status != 304;
  }

  @Override
  protected @Nullable InputStream getInputStream() {
    return stream;
  }

  @Override
  protected void setInputStream(InputStream other) {
    stream = other;
    resetEntity();
  }

  @Override
  public void releaseConnection() {
    response.close();
  }

  @Override
  public void releaseConnection(boolean consumeInputStream) {
    response.close();
  }
}
