package dev.banyan.gateway;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Owned by its request's loop: the values of the variables that the configuration declares. */
final class Cells {
  private final @Nullable String[] values;
  private final boolean[] known;
  private int changes;

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

  /** How many there are. */
  int size() {
    return values.length;
  }

  /** Whether the cells of this number have the same value. */
  boolean same(int index, Cells other) {
    return known[index] == other.known[index] && Objects.equals(values[index], other.values[index]);
  }

  /** Takes the cell of this number from others. */
  void take(int index, Cells other) {
    changes++;
    known[index] = other.known[index];
    values[index] = other.values[index];
  }

  /** How often one was set. */
  int changes() {
    return changes;
  }

  /** Whether the cell has a value, null included. */
  boolean known(int index) {
    return known[index];
  }

  @Nullable String get(int index) {
    return values[index];
  }

  void set(int index, @Nullable String value) {
    changes++;
    values[index] = value;
    known[index] = true;
  }
}
