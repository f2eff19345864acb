/** Measures what the parts cost, by themselves. Nothing of it is published. */
@NullMarked
package org.sessionregistry.benchmarks;

import org.jspecify.annotations.NullMarked;
