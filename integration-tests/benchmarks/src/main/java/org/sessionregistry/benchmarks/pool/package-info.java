/** The pool by itself: its connections lead nowhere and are opened at once. */
@NullMarked
package org.sessionregistry.benchmarks.pool;

import org.jspecify.annotations.NullMarked;
