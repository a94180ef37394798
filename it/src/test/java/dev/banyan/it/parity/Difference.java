package dev.banyan.it.parity;

import dev.banyan.it.traffic.Exchange;

/**
 * One thing in which the two sides were not alike.
 *
 * @param where {@code status}, {@code headers}, {@code body}, {@code origin ...}
 */
public record Difference(Exchange exchange, String where, String left, String right) {
  private static final int SHOWN = 1500;

  @Override
  public String toString() {
    return exchange + ": " + where + "\n  left:  " + cut(left) + "\n  right: " + cut(right);
  }

  private static String cut(String text) {
    String line = text.replace("\r", "\\r").replace("\n", "\\n");
    return line.length() > SHOWN ? line.substring(0, SHOWN) + "... (" + text.length() + ")" : line;
  }
}
