package org.sessionregistry.exchange;

import java.util.List;
import org.sessionregistry.Headers;
import org.sessionregistry.Request;
import org.sessionregistry.RequestBody;

/**
 * What is to be sent, and where: at first what the application said, after a redirect what is left
 * of it. Immutable.
 *
 * @param method the method
 * @param target where
 * @param headers set by hand
 * @param cookies set by hand
 * @param body the body
 */
record Outgoing(
    String method, Target target, Headers headers, List<String> cookies, RequestBody body) {

  static Outgoing of(Request request, Target target) {
    return new Outgoing(
        request.method(), target, request.headers(), request.cookies(), request.body());
  }
}
