package org.sessionregistry.restclients;

import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.rest.client.RestClientBuilder;
import org.eclipse.microprofile.rest.client.spi.RestClientListener;

/** A listener of somebody else, which tells how often one was made. */
public final class CountedListener implements RestClientListener {
  static final AtomicInteger MADE = new AtomicInteger();

  /** Made by {@code ServiceLoader}. */
  public CountedListener() {
    MADE.incrementAndGet();
  }

  @Override
  public void onNewClient(Class<?> serviceInterface, RestClientBuilder builder) {}
}
