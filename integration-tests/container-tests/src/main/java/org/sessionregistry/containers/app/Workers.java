package org.sessionregistry.containers.app;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.UserTransaction;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.sessionregistry.ClientSession;
import org.sessionregistry.Response;
import org.sessionregistry.cdi.SessionName;

/** Uses a session on the threads and in the transactions of the container. */
@ApplicationScoped
@SuppressWarnings("NullAway.Init") // The container sets them.
public class Workers {
  /** The requests that are left hanging: more than the pool has connections. */
  private static final int HANGING = 6;

  @Inject
  @SessionName("shop")
  ClientSession shop;

  @Resource ManagedExecutorService executor;
  @Resource UserTransaction transaction;
  @Resource TransactionSynchronizationRegistry synchronizations;

  /** On a thread of the container's executor. */
  String managed() throws Exception {
    return executor.submit(() -> Commands.text(shop, "/managed")).get(20, TimeUnit.SECONDS);
  }

  String inTransaction() throws Exception {
    transaction.begin();
    try {
      return Commands.text(shop, "/transaction");
    } finally {
      transaction.commit();
    }
  }

  /** What is told to others only when the transaction has ended. */
  String afterTransaction() throws Exception {
    CompletableFuture<String> told = new CompletableFuture<>();
    transaction.begin();
    synchronizations.registerInterposedSynchronization(
        new Synchronization() {
          @Override
          public void beforeCompletion() {
            // Nothing is told yet.
          }

          @Override
          public void afterCompletion(int status) {
            String path = status == Status.STATUS_COMMITTED ? "/committed" : "/rolled-back";
            CompletionStage<String> text =
                shop.get(path).sendAsync().thenCompose(Response::textAsync);
            text.whenComplete(
                (answer, failure) -> {
                  if (failure != null) {
                    told.completeExceptionally(failure);
                  } else {
                    told.complete(answer);
                  }
                });
          }
        });
    transaction.commit();
    return told.get(20, TimeUnit.SECONDS);
  }

  /** Leaves requests that are not answered; their ends are found in the server's log. */
  String hang() {
    for (int i = 0; i < HANGING; i++) {
      shop.get("/hang")
          .sendAsync()
          .whenComplete(
              (response, failure) -> System.out.println("a hanging request ended: " + failure));
    }
    executor.execute(this::waitForAnAnswer);
    return String.valueOf(HANGING + 1);
  }

  private void waitForAnAnswer() {
    try {
      System.out.println("a hanging request ended: " + Commands.text(shop, "/hang"));
    } catch (Exception e) {
      System.out.println("a hanging request ended: " + e);
    }
  }
}
