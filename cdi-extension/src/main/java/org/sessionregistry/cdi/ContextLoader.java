package org.sessionregistry.cdi;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The class loader by which a container knows on any thread which application it is asked for. The
 * threads of a registry have none of an application, so whatever asks the container there must do
 * so with this one. Immutable.
 */
final class ContextLoader {
  private final @Nullable ClassLoader loader;

  private ContextLoader(@Nullable ClassLoader loader) {
    this.loader = loader;
  }

  /** The one of the thread that starts the application. */
  static ContextLoader current() {
    return new ContextLoader(Thread.currentThread().getContextClassLoader());
  }

  <T> T call(Supplier<T> asking) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      return asking.get();
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
