/**
 * Cookies of a client session, by RFC 6265bis ("Cookies: HTTP State Management Mechanism").
 *
 * <p>One cookie's way through the package:
 *
 * <pre>
 *   Set-Cookie ─► SetCookieParser ─► Reception ─► MemoryCookieJar ─► DomainCookies ─► Matches ─► Cookie
 *                 §5.6               §5.7         §5.7 steps 16,     one domain,      §5.8.3
 *                 text to parts      parts to a   23, 24; limits     header order
 *                                    cookie, or
 *                                    refused
 * </pre>
 *
 * <p>A jar that several nodes share ({@code SharedCookieJar}) is such a jar in memory, which {@code
 * CookieMerge} and a {@code CookieStore} bring together in the background.
 *
 * <p>Sections are those of RFC 6265bis unless another document is named. A header field is a string
 * with one character per octet (ISO-8859-1), as it is read from the wire; a cookie's value is sent
 * back exactly as it came. {@code SameSite} is kept and not enforced: a client session has no site.
 * {@code HttpOnly} is kept and hides nothing: there is no script to hide it from.
 */
@NullMarked
package org.sessionregistry.cookie;

import org.jspecify.annotations.NullMarked;
