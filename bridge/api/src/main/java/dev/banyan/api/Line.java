package dev.banyan.api;

/**
 * Immutable: a line for a file, which is put down where it is written and needs no text of its own
 * before. It is the same each time, on any thread, and never fails: what could fail is looked at
 * before there is a line.
 */
@FunctionalInterface
public interface Line {
  /** Adds the line's octets, its newline included. */
  void writeTo(OctetBuffer out);

  /** A line that is a text. */
  static Line of(String text) {
    return new Text(text);
  }

  /** A text whose chars are octets. */
  record Text(String octets) implements Line {
    @Override
    public void writeTo(OctetBuffer out) {
      out.text(octets);
    }
  }
}
