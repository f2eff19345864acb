package org.sessionregistry.sample;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the comma separated files of the sample (RFC 4180 without line breaks in a field): the
 * first line has the names of the columns and is skipped.
 */
final class CsvResource {
  private CsvResource() {}

  /** The orders to handle, in the order of the file. */
  static List<Order> orders() {
    return rows("orders.csv", 6).stream()
        .map(
            row ->
                new Order(
                    row.get(0),
                    row.get(1),
                    row.get(2),
                    Integer.parseInt(row.get(3)),
                    row.get(4),
                    row.get(5)))
        .toList();
  }

  /** What the demonstration server sells. */
  static List<Product> products() {
    return rows("products.csv", 3).stream()
        .map(row -> new Product(row.get(0), row.get(1), new Money(Long.parseLong(row.get(2)))))
        .toList();
  }

  private static List<List<String>> rows(String file, int columns) {
    List<List<String>> rows = new ArrayList<>();
    try (InputStream in = CsvResource.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException(file + " is missing beside " + CsvResource.class);
      }
      BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      reader.readLine();
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        List<String> row = fields(line);
        if (row.size() != columns) {
          throw new IllegalStateException(
              file + ": " + columns + " fields expected, " + row.size() + " found: " + line);
        }
        rows.add(row);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read", e);
    }
    return rows;
  }

  /** Splits at commas that are not between quotes; two quotes between quotes stand for one. */
  static List<String> fields(String line) {
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"') {
        boolean doubled = quoted && i + 1 < line.length() && line.charAt(i + 1) == '"';
        if (doubled) {
          field.append('"');
          i++;
        } else {
          quoted = !quoted;
        }
      } else if (c == ',' && !quoted) {
        fields.add(field.toString());
        field.setLength(0);
      } else {
        field.append(c);
      }
    }
    fields.add(field.toString());
    return fields;
  }
}
