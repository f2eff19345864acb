/**
 * Takes codings off content (RFC 9110 section 8.4.1). Internal; imports nothing of ours.
 *
 * <p>A {@link org.sessionregistry.content.ContentDecoder} is given compressed parts and asked for
 * pieces of a size that its reader chooses, so that a small body which stands for a huge one is
 * never expanded further than somebody reads. What it holds besides is bounded by its format: 32
 * KiB for gzip and deflate, at most 16 MiB for Brotli, 8 MiB for Zstandard (RFC 9659).
 *
 * <p>The rule: whoever opens a decoder closes it, however the body ends; most of its memory is
 * native and nobody else frees it.
 *
 * <pre>
 *   input(part) ──► decode(into) &gt; 0, again and again
 *        ▲               │ 0
 *        └── more input ─┴── {@code isAtEnd()}: over
 * </pre>
 *
 * <p>Brotli and Zstandard come with libraries that an application has or has not; each is met in
 * one class only, which {@link org.sessionregistry.content.ContentCoding} loads when it is asked
 * for.
 */
@NullMarked
package org.sessionregistry.content;

import org.jspecify.annotations.NullMarked;
