package org.sessionregistry.exchange;

import java.util.List;
import org.sessionregistry.Headers;
import org.sessionregistry.Request;
import org.sessionregistry.RequestBody;

/**
 * What is to be sent, and where: at first what the application said, after a redirect what is left
 * of it; to interceptors around an attempt and behind them, all of it. Immutable.
 *
 * @param method the method
 * @param target where
 * @param headers set by hand, or all that are sent but for the framing
 * @param cookies set by hand
 * @param body the body
 * @param complete whether nothing of the session's is to be added to the headers
 */
record Outgoing(
    String method,
    Target target,
    Headers headers,
    List<String> cookies,
    RequestBody body,
    boolean complete) {

  /** Whether it has no fields, cookies or body of its own, and no method that expects a body. */
  boolean saysNothing() {
    return headers.size() == 0
        && cookies.isEmpty()
        && body == RequestBody.empty()
        && (method.equals("GET") || method.equals("HEAD"));
  }

  static Outgoing of(Request request, Target target) {
    return new Outgoing(
        request.method(), target, request.headers(), request.cookies(), request.body(), false);
  }
}
