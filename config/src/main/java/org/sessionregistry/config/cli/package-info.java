/**
 * The command line: checks and explains files of settings without starting the application. Its
 * classes are only usable from {@code session-registry-config-<version>-cli.jar}, which brings what
 * they need; nothing else in the module depends on them.
 */
@NullMarked
package org.sessionregistry.config.cli;

import org.jspecify.annotations.NullMarked;
