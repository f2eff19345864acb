package org.sessionregistry.sample;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A table in plain text: columns of numbers are aligned to the right, others to the left, each as
 * wide as its widest cell.
 */
final class TextTable {
  private final List<String[]> rows = new ArrayList<>();

  private final boolean[] left;

  /**
   * Starts with the names of the columns; {@code <} before a name aligns its column to the left.
   */
  TextTable(String... header) {
    left = new boolean[header.length];
    String[] names = new String[header.length];
    for (int i = 0; i < header.length; i++) {
      left[i] = header[i].startsWith("<");
      names[i] = header[i].substring(left[i] ? 1 : 0);
    }
    rows.add(names);
  }

  /** Adds a row with a cell for each column. */
  TextTable row(Object... cells) {
    if (cells.length != rows.get(0).length) {
      throw new IllegalArgumentException(
          rows.get(0).length + " cells expected: " + Arrays.toString(cells));
    }
    rows.add(Arrays.stream(cells).map(Object::toString).toArray(String[]::new));
    return this;
  }

  /** Prints header, rule and rows, indented by two. */
  void printTo(PrintStream out) {
    int[] widths = new int[rows.get(0).length];
    for (String[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        widths[i] = Math.max(widths[i], row[i].length());
      }
    }
    out.println(line(rows.get(0), widths));
    out.println(line(Arrays.stream(widths).mapToObj("-"::repeat).toArray(String[]::new), widths));
    rows.stream().skip(1).forEach(row -> out.println(line(row, widths)));
  }

  private String line(String[] cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.length; i++) {
      String padding = " ".repeat(widths[i] - cells[i].length());
      line.append("  ").append(left[i] ? cells[i] + padding : padding + cells[i]);
    }
    return line.toString().stripTrailing();
  }
}
