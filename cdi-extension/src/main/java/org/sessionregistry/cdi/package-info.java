/**
 * Named sessions as CDI beans.
 *
 * <p>{@code @Inject @SessionName("github") ClientSession github} is the session that {@code
 * client-session.github.…} configures; {@code @Named("github")} names the same one, and an
 * unqualified injection point gets the session {@code default}. The registry itself can be injected
 * too.
 *
 * <p>A bean that is an interceptor, a listener, a token supplier, a JSON codec, or a jar or store
 * of cookies and names a session adds to that session; {@link
 * org.sessionregistry.cdi.AroundAttempt} says where an interceptor stands.
 *
 * <p>{@link org.sessionregistry.cdi.SessionExtension} goes through the life of the application:
 *
 * <pre>
 *  discovery              it notes where sessions are injected, and the beans that add to them
 *  after bean discovery   it reads the configuration and reports everything that is wrong at once,
 *                         or adds one bean for each session
 *  first use of a bean    the registry opens, with what beans add   UNOPENED → OPEN
 *  before shutdown        every {@literal @PreDestroy} has run; the registry closes   OPEN → CLOSED
 * </pre>
 */
@NullMarked
package org.sessionregistry.cdi;

import org.jspecify.annotations.NullMarked;
