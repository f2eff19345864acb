package org.sessionregistry;

import java.lang.reflect.Type;
import java.util.ServiceConfigurationError;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * JSON-B from the moment that somebody needs it, so that the library runs without it. Thread-safe;
 * the first use reads classes and may take its time.
 */
final class OptionalJsonBinding implements JsonCodec {
  private final ReentrantLock lock = new ReentrantLock();
  private volatile @Nullable JsonCodec binding;

  @Override
  public byte[] write(Object value) {
    return binding().write(value);
  }

  @Override
  public @Nullable Object read(byte[] json, Type type) {
    return binding().read(json, type);
  }

  private JsonCodec binding() {
    JsonCodec known = binding;
    return known != null ? known : open();
  }

  private JsonCodec open() {
    lock.lock();
    try {
      JsonCodec opened = binding;
      if (opened == null) {
        opened = JsonBinding.open();
        binding = opened;
      }
      return opened;
    } catch (LinkageError | ServiceConfigurationError | RuntimeException e) {
      throw new IllegalStateException(
          "JSON needs JSON-B, which cannot be loaded: add jakarta.json.bind:jakarta.json.bind-api"
              + " and an implementation, such as org.eclipse:yasson, to the class path, or give"
              + " the session a JsonCodec of its own",
          e);
    } finally {
      lock.unlock();
    }
  }
}
