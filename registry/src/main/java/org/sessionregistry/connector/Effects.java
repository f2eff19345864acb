package org.sessionregistry.connector;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a transition of the pool does to the outside, collected under the pool's lock and run after
 * it was released. Confined to the thread that holds the lock.
 */
final class Effects {
  private @Nullable List<Runnable> effects;

  void add(Runnable effect) {
    if (effects == null) {
      effects = new ArrayList<>(4);
    }
    effects.add(effect);
  }

  /** Runs all, also when one throws, which none should. */
  void run() {
    if (effects == null) {
      return;
    }
    Throwable failure = null;
    for (Runnable effect : effects) {
      try {
        effect.run();
      } catch (RuntimeException | Error e) {
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure instanceof RuntimeException e) {
      throw e;
    }
    if (failure instanceof Error e) {
      throw e;
    }
  }
}
