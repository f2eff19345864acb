/**
 * Compressed responses of servers that compress on their own, and of the libraries that do it, over
 * HTTP/1.1 and HTTP/2.
 */
@NullMarked
package org.sessionregistry.servers.compression;

import org.jspecify.annotations.NullMarked;
