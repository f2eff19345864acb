/**
 * A session as a {@code java.net.http.HttpClient}: against servers, the JDK's client, libraries.
 */
@NullMarked
package org.sessionregistry.servers.httpclient;

import org.jspecify.annotations.NullMarked;
