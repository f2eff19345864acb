/**
 * What an exchange says beside its request and its response: expectations, informational responses,
 * trailers, progress; with servers that implement them, over HTTP/1.1 and HTTP/2.
 */
@NullMarked
package org.sessionregistry.servers.wire;

import org.jspecify.annotations.NullMarked;
