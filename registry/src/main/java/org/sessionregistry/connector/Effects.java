package org.sessionregistry.connector;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a transition of the pool does to the outside, collected under the pool's lock and run after
 * it was released. Mostly that is nothing or one thing, which need no list. Confined to the thread
 * that holds the lock.
 */
final class Effects {
  private @Nullable Runnable effect;

  void add(Runnable added) {
    if (effect == null) {
      effect = added;
    } else if (effect instanceof Several several) {
      several.effects.add(added);
    } else {
      effect = new Several(effect, added);
    }
  }

  /** Runs all, also when one throws, which none should. */
  void run() {
    if (effect != null) {
      effect.run();
    }
  }

  private static final class Several implements Runnable {
    private final List<Runnable> effects = new ArrayList<>(4);

    Several(Runnable first, Runnable second) {
      effects.add(first);
      effects.add(second);
    }

    @Override
    public void run() {
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
}
