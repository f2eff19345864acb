/**
 * A session in the shape of {@code java.net.http}: what the JDK's types ask for, answered by the
 * session's own exchanges and WebSockets. Internal.
 *
 * <p>{@link org.sessionregistry.httpclient.SessionHttpClient} is the client. A {@link
 * org.sessionregistry.httpclient.ClientExchange} is one of its requests, from the {@code
 * HttpRequest} to the end of the body that a {@code BodySubscriber} takes; {@link
 * org.sessionregistry.httpclient.SessionWebSocketBuilder} opens WebSockets.
 *
 * <h2>Threads</h2>
 *
 * The one rule: <b>no code of the application runs on a thread of the registry that must not be
 * blocked</b>. Libraries that accept an {@code HttpClient} expect threads of an executor: body
 * handlers, subscribers and publishers may block, and so may whatever depends on the future. So all
 * of them run on the registry's threads for blocking work, those of one exchange one after the
 * other ({@link org.sessionregistry.httpclient.SerialTasks}).
 */
@NullMarked
package org.sessionregistry.httpclient;

import org.jspecify.annotations.NullMarked;
