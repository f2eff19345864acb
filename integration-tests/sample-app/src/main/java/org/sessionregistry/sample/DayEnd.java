package org.sessionregistry.sample;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.ClientSession;
import org.sessionregistry.RequestBody;
import org.sessionregistry.Response;
import org.sessionregistry.cdi.SessionName;
import org.sessionregistry.sample.Handled.Outcome;

/**
 * Says goodbye when the container destroys its beans: sends the day's total over the session of the
 * reports. That works because sessions are closed after the last bean that may use them.
 */
@ApplicationScoped
public class DayEnd {
  @Inject
  @SessionName("reports")
  ClientSession session;

  private @Nullable OrderSummary day;
  private PrintStream out = System.out;

  /** Tells what to send when the time has come, and where to say so. */
  public void plan(OrderSummary orders, PrintStream log) {
    day = orders;
    out = log;
  }

  @PreDestroy
  void send() {
    if (day == null) {
      return;
    }
    String total =
        Json.object("paid", day.count(Outcome.PAID), "cents", day.amount(Outcome.PAID).cents());
    long start = System.nanoTime();
    try (Response response =
        session
            .post("/day-end")
            .body(RequestBody.ofText(total, "application/json", StandardCharsets.UTF_8))
            .send()) {
      String answer = response.text();
      out.printf(
          "  A bean's @PreDestroy sent POST /day-end over 'reports': %d after %s, %s%n",
          response.status(), Units.time(Duration.ofNanos(System.nanoTime() - start)), answer);
    } catch (IOException e) {
      out.printf("  A bean's @PreDestroy could not send POST /day-end: %s%n", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
