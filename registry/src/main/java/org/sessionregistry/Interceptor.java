package org.sessionregistry;

import java.util.concurrent.CompletionStage;

/**
 * Stands around the exchanges of a session, or around each attempt of one: it may change the
 * request, answer itself, look at the response or replace it, and do all that without blocking. See
 * {@link SessionHooks} for where it stands. Thread-safe implementations only.
 *
 * <p>Around an exchange it is called once, on the thread that sends the request, before anything
 * was added to it; what it sees at the end is what the application would see. Around an attempt it
 * is called for every redirect and every retry, with the absolute URI and all header fields that
 * are sent but for those that frame the message, credentials and cookies included; what it returns
 * is looked at for redirects, retries and 401.
 *
 * <p>A response that is not passed on has to be closed. An interceptor that fails, fails the
 * exchange: with its {@link SessionException}, or with an {@link InterceptorException} that has
 * what it threw as its cause.
 */
@FunctionalInterface
public interface Interceptor {
  /** What follows: the next interceptor, and after the last one the session itself. */
  @FunctionalInterface
  interface Next {
    /**
     * Goes on. May be called again, one after the other.
     *
     * @param request what to send
     * @return completes with status and headers
     */
    CompletionStage<Response> send(Request request);
  }

  /**
   * Called with a request that is about to be sent.
   *
   * @param request the request
   * @param next what follows
   * @return completes with the response
   */
  CompletionStage<Response> intercept(Request request, Next next);
}
