package org.sessionregistry.sample;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Handles orders: look the product up, charge the customer, print the invoice. Each order is a
 * chain of asynchronous exchanges, fifty of them are under way at a time, and no thread waits for
 * any of them but the one that called {@link #handle(List, IntConsumer)}.
 */
@ApplicationScoped
public class OrderDesk {
  static final int AT_A_TIME = 50;

  @Inject Catalog catalog;
  @Inject Payments payments;
  @Inject Reports reports;

  /**
   * Handles all orders and waits for the last.
   *
   * @param orders what to do
   * @param progress told on the calling thread, after each order, how many are done
   * @return what became of them, in the order in which they were done
   */
  public List<Handled> handle(List<Order> orders, IntConsumer progress)
      throws InterruptedException {
    BlockingQueue<Handled> finished = new LinkedBlockingQueue<>();
    List<Handled> handled = new ArrayList<>(orders.size());
    Iterator<Order> next = orders.iterator();
    int started = 0;
    while (handled.size() < orders.size()) {
      if (next.hasNext() && started - handled.size() < AT_A_TIME) {
        Order order = next.next();
        started++;
        handle(order).exceptionally(e -> Handled.failed(order, cause(e))).thenAccept(finished::add);
      } else {
        handled.add(finished.take());
        progress.accept(handled.size());
      }
    }
    return handled;
  }

  private CompletableFuture<Handled> handle(Order order) {
    return catalog
        .find(order.product())
        .thenCompose(
            found ->
                found
                    .map(product -> sell(order, product))
                    .orElseGet(
                        () -> CompletableFuture.completedFuture(Handled.unknownProduct(order))));
  }

  private CompletableFuture<Handled> sell(Order order, Product product) {
    if (order.quantity() <= 0) {
      return CompletableFuture.completedFuture(
          Handled.rejected(order, Money.NONE, "nothing ordered"));
    }
    Money amount = product.price().times(order.quantity());
    return payments
        .charge(order, amount)
        .thenCompose(
            decision ->
                decision.accepted()
                    ? reports
                        .print(order, product, amount)
                        .thenApply(printed -> Handled.paid(order, amount))
                    : CompletableFuture.completedFuture(
                        Handled.rejected(order, amount, decision.reason())));
  }

  /** What a stage failed with, without the wrapper that its dependants see. */
  private static Throwable cause(Throwable failure) {
    @Nullable Throwable cause = failure.getCause();
    return failure instanceof CompletionException && cause != null ? cause : failure;
  }
}
