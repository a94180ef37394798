package dev.banyan.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Owned by its command: lays out text so that it can be read at three in the morning. */
final class Paper {
  private final PrintWriter out;
  private final List<String[]> rows = new ArrayList<>();

  Paper(PrintWriter out) {
    this.out = out;
  }

  /** A line of its own, or several; control characters are written out. */
  @SuppressWarnings("AnnotateFormatMethod") // the annotation would be a dependency for this alone
  Paper line(String format, Object... values) {
    for (String line : String.format(Locale.ROOT, format, values).split("\\R", -1)) {
      out.println(Plain.text(line));
    }
    return this;
  }

  /** A row of the table that {@link #table} prints. */
  Paper row(Object... cells) {
    rows.add(
        Arrays.stream(cells).map(cell -> Plain.text(String.valueOf(cell))).toArray(String[]::new));
    return this;
  }

  /** Prints the rows in columns as wide as they need. */
  Paper table() {
    int columns = rows.stream().mapToInt(row -> row.length).max().orElse(0);
    int[] widths = new int[columns];
    for (String[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        widths[i] = Math.max(widths[i], row[i].length());
      }
    }
    for (String[] row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < row.length; i++) {
        line.append(row[i]);
        if (i < row.length - 1) {
          line.append(" ".repeat(widths[i] - row[i].length() + 2));
        }
      }
      out.println(line.toString().stripTrailing());
    }
    rows.clear();
    return this;
  }

  static String percent(double share) {
    return share == 1 || share == 0
        ? String.format(Locale.ROOT, "%.0f%%", share * 100)
        : String.format(Locale.ROOT, "%.3f%%", Math.floor(share * 100_000) / 1000);
  }

  static String micros(double micros) {
    return micros < 1000
        ? String.format(Locale.ROOT, "%.1f µs", micros)
        : String.format(Locale.ROOT, "%.2f ms", micros / 1000);
  }

  static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }
}
