package dev.banyan.gateway;

import org.jspecify.annotations.Nullable;

/** Owned by its request's loop: the values of the variables that the configuration declares. */
final class Cells {
  private final @Nullable String[] values;
  private final boolean[] known;

  Cells(int count) {
    values = new @Nullable String[count];
    known = new boolean[count];
  }

  private Cells(Cells other) {
    values = other.values.clone();
    known = other.known.clone();
  }

  Cells copy() {
    return new Cells(this);
  }

  /** Whether the cell has a value, null included. */
  boolean known(int index) {
    return known[index];
  }

  @Nullable String get(int index) {
    return values[index];
  }

  void set(int index, @Nullable String value) {
    values[index] = value;
    known[index] = true;
  }
}
