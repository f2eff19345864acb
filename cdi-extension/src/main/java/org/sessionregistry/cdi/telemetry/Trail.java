package org.sessionregistry.cdi.telemetry;

import io.opentelemetry.context.Context;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What an exchange leaves for its attempts and listeners: who called, and what is on its way now.
 * Attached to its request. Thread-safe.
 */
final class Trail {
  private final Context caller;
  private final Optional<String> template;
  private final AtomicInteger sent = new AtomicInteger();
  private volatile boolean redirected;
  private volatile @Nullable Sending latest;

  Trail(Context caller, Optional<String> template) {
    this.caller = caller;
    this.template = template.map(ShownUrl::path);
  }

  /** The context that was current where the request was sent. */
  Context caller() {
    return caller;
  }

  /** The path's template, as long as the request goes where it was made for. */
  Optional<String> template() {
    return redirected ? Optional.empty() : template;
  }

  void redirected() {
    redirected = true;
  }

  /** How many attempts there were before the one that begins. */
  int next() {
    return sent.getAndIncrement();
  }

  void begin(Sending sending) {
    latest = sending;
  }

  /** The attempt that was begun last; null before the first. */
  @Nullable Sending latest() {
    return latest;
  }
}
