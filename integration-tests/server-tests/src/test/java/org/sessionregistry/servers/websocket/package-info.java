/**
 * WebSockets against Jetty and Undertow, over ws and wss, with and without compression, and against
 * a scripted peer that breaks the rules one by one.
 */
@NullMarked
package org.sessionregistry.servers.websocket;

import org.jspecify.annotations.NullMarked;
