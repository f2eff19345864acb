package org.sessionregistry.sample;

import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The report service as the demonstration server plays it: it prints what it is sent, with numbered
 * lines, and is slow at that.
 */
final class ReportsService implements Service {
  private static final int MILLIS = 16;

  @Override
  public Reply answer(Call call) {
    if (call.path().equals("/day-end")) {
      return Reply.text(201, "the day is closed", MILLIS);
    }
    if (!call.path().equals("/reports") || call.body().isEmpty()) {
      return Reply.text(400, "nothing to print", 0);
    }
    int[] number = {0};
    String printed =
        call.body()
            .lines()
            .map(line -> String.format(Locale.ROOT, "%4d  %s%n", ++number[0], line))
            .collect(Collectors.joining());
    return Reply.text(201, printed, MILLIS);
  }
}
