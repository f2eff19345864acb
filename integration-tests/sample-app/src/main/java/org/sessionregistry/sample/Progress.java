package org.sessionregistry.sample;

import java.io.Console;
import java.io.PrintStream;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Shows how far the work is: a bar that moves on a terminal, a line for each tenth anywhere else.
 * For one thread.
 */
final class Progress {
  private static final int WIDTH = 8;

  private final PrintStream out;
  private final int total;
  private final boolean terminal;
  private final Supplier<String> situation;
  private final long start = System.nanoTime();
  private int shown;

  /**
   * Nothing is shown before the first step.
   *
   * @param out where to
   * @param total how many steps there are
   * @param terminal whether a carriage return goes back to the start of the line there
   * @param situation what is going on, shown beside the numbers
   */
  Progress(PrintStream out, int total, boolean terminal, Supplier<String> situation) {
    this.out = out;
    this.total = total;
    this.terminal = terminal;
    this.situation = situation;
  }

  /** Whether a stream is the standard output and that is a terminal. */
  @SuppressWarnings("SystemConsoleNull") // JDK 17 still returns null
  static boolean isTerminal(PrintStream out) {
    Console console = System.console();
    if (out != System.out || console == null) {
      return false;
    }
    try {
      // From JDK 22 on there is a console without a terminal, too, and a method that tells.
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException olderJdk) {
      return true;
    }
  }

  /** Shows that so many steps are done, where that is news. */
  void show(int done) {
    int parts = terminal ? 100 : 10;
    int part = (int) ((long) done * parts / total);
    if (part == shown) {
      return;
    }
    shown = part;
    int percent = part * 100 / parts;
    String numbers =
        String.format(
            Locale.ROOT,
            "%3d %%  %3d/%d  %4.1f s  %s",
            percent,
            done,
            total,
            (System.nanoTime() - start) / 1e9,
            situation.get());
    if (terminal) {
      int filled = percent * WIDTH / 100;
      out.print("\r  [" + "#".repeat(filled) + ".".repeat(WIDTH - filled) + "] " + numbers);
      out.print(done == total ? System.lineSeparator() : "");
      out.flush();
    } else {
      out.println("  " + numbers.stripTrailing());
    }
  }
}
