/**
 * Named HTTP client sessions: what applications touch.
 *
 * <p>A {@link org.sessionregistry.SessionRegistry} holds named {@link
 * org.sessionregistry.ClientSession}s. Each has its own settings, cookies and connection pool. A
 * request lives in three steps, none of which blocks unless it is asked to: opening a session does
 * no I/O; {@link org.sessionregistry.RequestBuilder#sendAsync()} completes when status line and
 * headers are there; the body stays in the socket until {@link org.sessionregistry.Response} is
 * asked for it.
 *
 * <p>Each operation exists twice: {@code send()} blocks the calling thread (virtual threads are
 * welcome, nothing pins their carrier), {@code sendAsync()} returns a future. Stages that depend on
 * such a future may run on a thread of the registry and must not block it; a blocking call made
 * there is refused.
 *
 * <p>This has nothing to do with {@code jakarta.servlet.http.HttpSession}, which is a server's
 * memory of one browser.
 */
@NullMarked
package org.sessionregistry;

import org.jspecify.annotations.NullMarked;
