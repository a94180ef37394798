package dev.banyan.api;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Not thread-safe, owned by its message's loop: header fields in wire order, names compared without
 * case, names and values as octet strings, duplicates kept.
 */
public final class Headers {
  private static final int FIELDS = 16;

  /** Room for so many more when fields have to move. */
  private static final int MORE = 4;

  private static final String[] NO_FIELDS = {};
  private static final int[] NO_KEYS = {};

  /** Names and values in turn. */
  private String[] flat;

  /** What each name is told apart by at a glance, so that a look at all of them reads one array. */
  private int[] keys;

  private int size;

  /**
   * So many fields from the first on belong to frozen ones, too: they stay as they are in these
   * arrays, behind them there is room for others.
   */
  private int shared;

  /** The same fields for others, as long as nothing changes; of those it is itself. */
  private @Nullable Headers frozen;

  private int changes;

  /** None. */
  public Headers() {
    this(NO_FIELDS, NO_KEYS, 0);
  }

  /** None, with room for so many. */
  public static Headers withRoomFor(int fields) {
    return new Headers(new String[2 * fields], new int[fields], 0);
  }

  private Headers(String[] flat, int[] keys, int size) {
    this.flat = flat;
    this.keys = keys;
    this.size = size;
  }

  /**
   * What is here now, for any thread and for ever: it can't be changed. It shares the fields with
   * these until one of them changes, so that to ask costs nothing, and to add more little.
   */
  public Headers frozen() {
    Headers known = frozen;
    if (known == null) {
      known = new Headers(flat, keys, size);
      known.frozen = known;
      frozen = known;
      shared = size;
    }
    return known;
  }

  /** The first {@code max} fields, 0 for all, as they are here now and for ever. */
  public Headers frozenFirst(int max) {
    return max > 0 && max < size ? copyFirst(max).frozen() : frozen();
  }

  /** How often these were changed: who keeps what follows from them looks whether that stays. */
  public int changes() {
    return changes;
  }

  /** Before field {@code i}, or one behind it, changes. */
  private void change(int i) {
    changes++;
    if (frozen == this) {
      throw new UnsupportedOperationException("these headers are frozen");
    }
    frozen = null;
    if (i < shared) {
      move(keys.length);
    }
  }

  private void move(int room) {
    flat = Arrays.copyOf(flat, 2 * room);
    keys = Arrays.copyOf(keys, room);
    shared = 0;
  }

  /** Appends a field, keeping what is there. */
  public void add(String name, String value) {
    change(size);
    if (size == keys.length) {
      move(size == 0 ? FIELDS : Math.max(size + MORE, size + size / 2));
    }
    keys[size] = FieldNames.key(name);
    flat[2 * size] = name;
    flat[2 * size + 1] = value;
    size++;
  }

  /** Replaces all fields of that name by one, in the first one's place, or appends it. */
  public void set(String name, String value) {
    int first = indexOf(name, 0);
    if (first >= 0) {
      change(first);
      flat[2 * first] = name;
    }
    setValue(name, value);
  }

  /** As {@link #set}, but the first one keeps the spelling of its name. */
  public void setValue(String name, String value) {
    int first = indexOf(name, 0);
    if (first < 0) {
      add(name, value);
      return;
    }
    change(first);
    flat[2 * first + 1] = value;
    removeFrom(first + 1, name);
  }

  /** Gives the first field of that name another value; others of the name stay. */
  public void setFirst(String name, String value) {
    int first = indexOf(name, 0);
    if (first >= 0) {
      setAt(first, name(first), value);
    }
  }

  /** Puts a field in the place of field {@code i}. */
  public void setAt(int i, String name, String value) {
    Objects.checkIndex(i, size);
    change(i);
    keys[i] = FieldNames.key(name);
    flat[2 * i] = name;
    flat[2 * i + 1] = value;
  }

  /** The place of the first field of that name, or -1. */
  public int indexOf(String name) {
    return indexOf(name, 0);
  }

  /** The first value of that name, or null. */
  public @Nullable String first(String name) {
    int i = indexOf(name, 0);
    return i < 0 ? null : value(i);
  }

  /** All values of that name in wire order; not to be changed. */
  public List<String> all(String name) {
    int first = indexOf(name, 0);
    int second = first < 0 ? -1 : indexOf(name, first + 1);
    if (second < 0) {
      return first < 0 ? List.of() : List.of(value(first));
    }
    List<String> values = new ArrayList<>(4);
    values.add(value(first));
    for (int i = second; i >= 0; i = indexOf(name, i + 1)) {
      values.add(value(i));
    }
    return values;
  }

  /** All values of that name as one text, with a comma and a space between; null for none. */
  public @Nullable String joined(String name) {
    int first = indexOf(name, 0);
    if (first < 0) {
      return null;
    }
    return indexOf(name, first + 1) < 0 ? value(first) : String.join(", ", all(name));
  }

  /** The name of the first field of that name as it was written, or null. */
  public @Nullable String spelling(String name) {
    int i = indexOf(name, 0);
    return i < 0 ? null : name(i);
  }

  /** Whether a field of that name is there. */
  public boolean contains(String name) {
    return indexOf(name, 0) >= 0;
  }

  /** Removes all fields of that name; answers whether there were any. */
  public boolean remove(String name) {
    return removeFrom(0, name);
  }

  /** Number of fields. */
  public int size() {
    return size;
  }

  /** The name of field {@code i} in wire order, as it was written. */
  public String name(int i) {
    return flat[2 * Objects.checkIndex(i, size)];
  }

  /** The value of field {@code i} in wire order. */
  public String value(int i) {
    return flat[2 * Objects.checkIndex(i, size) + 1];
  }

  /** Removes field {@code i}. */
  public void removeAt(int i) {
    Objects.checkIndex(i, size);
    change(i);
    int behind = size - i - 1;
    System.arraycopy(keys, i + 1, keys, i, behind);
    System.arraycopy(flat, 2 * i + 2, flat, 2 * i, 2 * behind);
    size--;
  }

  /** Hands each field to {@code visitor} in wire order. */
  public void forEach(BiConsumer<String, String> visitor) {
    for (int i = 0; i < size; i++) {
      visitor.accept(name(i), value(i));
    }
  }

  /** Removes everything. */
  public void clear() {
    change(0);
    Arrays.fill(flat, 0, 2 * size, null);
    size = 0;
  }

  /** An independent copy of the first {@code max} fields, 0 for all. */
  public Headers copyFirst(int max) {
    int count = max > 0 ? Math.min(max, size) : size;
    return new Headers(Arrays.copyOf(flat, 2 * count), Arrays.copyOf(keys, count), count);
  }

  /** An independent copy. */
  public Headers copy() {
    return copyFirst(0);
  }

  @Override
  public String toString() {
    return Arrays.asList(flat).subList(0, 2 * size).toString();
  }

  /** The first field of that name from {@code from} on, or -1. */
  private int indexOf(String name, int from) {
    int key = FieldNames.key(name);
    for (int i = from; i < size; i++) {
      if (keys[i] == key && flat[2 * i].equalsIgnoreCase(name)) {
        return i;
      }
    }
    return -1;
  }

  private boolean removeFrom(int from, String name) {
    boolean removed = false;
    for (int i = indexOf(name, from); i >= 0; i = indexOf(name, i)) {
      removeAt(i);
      removed = true;
    }
    return removed;
  }
}
