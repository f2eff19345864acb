/**
 * Sessions behind real proxies: those of Jetty in this JVM, and Squid, Tinyproxy, Dante and
 * Microsocks in processes of their own where they are installed.
 */
@NullMarked
package org.sessionregistry.servers.proxies;

import org.jspecify.annotations.NullMarked;
