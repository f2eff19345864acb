package org.sessionregistry.sample;

import java.util.Locale;

/**
 * An amount in euros, exact to the cent.
 *
 * @param cents the amount
 */
public record Money(long cents) {
  static final Money NONE = new Money(0);

  Money plus(Money other) {
    return new Money(Math.addExact(cents, other.cents));
  }

  Money times(int quantity) {
    return new Money(Math.multiplyExact(cents, quantity));
  }

  /** The amount as a decimal number, {@code 1234.50}. */
  String plain() {
    return String.format(Locale.ROOT, "%d.%02d", cents / 100, cents % 100);
  }

  /** The amount for people, {@code EUR 1,234.50}. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "EUR %,d.%02d", cents / 100, cents % 100);
  }
}
