package org.sessionregistry.sample;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.sessionregistry.sample.Handled.Outcome;

/**
 * The orders of a day, added up.
 *
 * @param counts how many orders came to each outcome; every outcome is there
 * @param amounts what the orders of each outcome are worth; every outcome is there
 * @param reasons why orders were rejected or failed, and how many for each reason
 * @param examples of those reasons that have details, the details of the first order
 */
public record OrderSummary(
    Map<Outcome, Integer> counts,
    Map<Outcome, Money> amounts,
    SortedMap<String, Integer> reasons,
    Map<String, String> examples) {

  static OrderSummary of(List<Handled> orders) {
    Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
    Map<Outcome, Money> amounts = new EnumMap<>(Outcome.class);
    SortedMap<String, Integer> reasons = new TreeMap<>();
    Map<String, String> examples = new TreeMap<>();
    for (Outcome outcome : Outcome.values()) {
      counts.put(outcome, 0);
      amounts.put(outcome, Money.NONE);
    }
    for (Handled order : orders) {
      counts.merge(order.outcome(), 1, Integer::sum);
      amounts.merge(order.outcome(), order.amount(), Money::plus);
      if (!order.reason().isEmpty()) {
        String reason = order.outcome() + ": " + order.reason();
        reasons.merge(reason, 1, Integer::sum);
        if (!order.detail().isEmpty()) {
          examples.putIfAbsent(reason, order.detail());
        }
      }
    }
    return new OrderSummary(
        Collections.unmodifiableMap(counts),
        Collections.unmodifiableMap(amounts),
        Collections.unmodifiableSortedMap(reasons),
        Collections.unmodifiableMap(examples));
  }

  /** How many orders came to an outcome. */
  public int count(Outcome outcome) {
    return counts.getOrDefault(outcome, 0);
  }

  /** What the orders of an outcome are worth. */
  public Money amount(Outcome outcome) {
    return amounts.getOrDefault(outcome, Money.NONE);
  }
}
