/**
 * Bodies that become files. Internal.
 *
 * <p>A {@link org.sessionregistry.download.FileTransfer} writes a body into a {@link
 * org.sessionregistry.download.PartialFile} beside the target, which takes the target's name when
 * it is complete: whoever looks at the target finds the whole file or none. A {@link
 * org.sessionregistry.download.Download} goes on with what an earlier one left.
 *
 * <p>The one rule: files are touched on threads that may block, never on an event loop.
 */
@NullMarked
package org.sessionregistry.download;

import org.jspecify.annotations.NullMarked;
