package dev.banyan.api;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Not thread-safe, owned by its message's loop: header fields in wire order, names compared without
 * case, names and values as octet strings, duplicates kept.
 */
public final class Headers {
  private static final int FIELDS = 16;

  private List<String> flat;

  /** What each name is told apart by at a glance, so that a look at all of them reads one array. */
  private int[] keys;

  /** The same fields for others, as long as nothing changes; of those it is itself. */
  private @Nullable Headers frozen;

  private int changes;

  /** None. */
  public Headers() {
    this(new ArrayList<>(2 * FIELDS), new int[FIELDS]);
  }

  private Headers(List<String> flat, int[] keys) {
    this.flat = flat;
    this.keys = keys;
  }

  /**
   * What is here now, for any thread and for ever: it can't be changed. It shares the fields with
   * these until these change, so that to ask costs nothing.
   */
  public Headers frozen() {
    Headers known = frozen;
    if (known == null) {
      known = new Headers(flat, keys);
      known.frozen = known;
      frozen = known;
    }
    return known;
  }

  /** The first {@code max} fields, 0 for all, as they are here now and for ever. */
  public Headers frozenFirst(int max) {
    return max > 0 && max < size() ? copyFirst(max).frozen() : frozen();
  }

  /** How often these were changed: who keeps what follows from them looks whether that stays. */
  public int changes() {
    return changes;
  }

  private void change() {
    changes++;
    if (frozen == null) {
      return;
    }
    if (frozen == this) {
      throw new UnsupportedOperationException("these headers are frozen");
    }
    frozen = null;
    flat = new ArrayList<>(flat);
    keys = keys.clone();
  }

  /** Appends a field, keeping what is there. */
  public void add(String name, String value) {
    change();
    int at = size();
    if (at == keys.length) {
      keys = Arrays.copyOf(keys, Math.max(FIELDS, 2 * at));
    }
    keys[at] = FieldNames.key(name);
    flat.add(name);
    flat.add(value);
  }

  /** Replaces all fields of that name by one, in the first one's place, or appends it. */
  public void set(String name, String value) {
    change();
    int first = indexOf(name, 0);
    if (first >= 0) {
      flat.set(first, name);
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
    change();
    flat.set(first + 1, value);
    removeFrom(first + 2, name);
  }

  /** The first value of that name, or null. */
  public @Nullable String first(String name) {
    int i = indexOf(name, 0);
    return i < 0 ? null : flat.get(i + 1);
  }

  /** All values of that name in wire order; not to be changed. */
  public List<String> all(String name) {
    int first = indexOf(name, 0);
    int second = first < 0 ? -1 : indexOf(name, first + 2);
    if (second < 0) {
      return first < 0 ? List.of() : List.of(flat.get(first + 1));
    }
    List<String> values = new ArrayList<>(4);
    values.add(flat.get(first + 1));
    for (int i = second; i >= 0; i = indexOf(name, i + 2)) {
      values.add(flat.get(i + 1));
    }
    return values;
  }

  /** All values of that name as one text, with a comma and a space between; null for none. */
  public @Nullable String joined(String name) {
    int first = indexOf(name, 0);
    if (first < 0) {
      return null;
    }
    return indexOf(name, first + 2) < 0 ? flat.get(first + 1) : String.join(", ", all(name));
  }

  /** The name of the first field of that name as it was written, or null. */
  public @Nullable String spelling(String name) {
    int i = indexOf(name, 0);
    return i < 0 ? null : flat.get(i);
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
    return flat.size() / 2;
  }

  /** The name of field {@code i} in wire order, as it was written. */
  public String name(int i) {
    return flat.get(2 * i);
  }

  /** The value of field {@code i} in wire order. */
  public String value(int i) {
    return flat.get(2 * i + 1);
  }

  /** Removes field {@code i}. */
  public void removeAt(int i) {
    change();
    System.arraycopy(keys, i + 1, keys, i, size() - i - 1);
    flat.remove(2 * i + 1);
    flat.remove(2 * i);
  }

  /** Hands each field to {@code visitor} in wire order. */
  public void forEach(BiConsumer<String, String> visitor) {
    for (int i = 0; i < flat.size(); i += 2) {
      visitor.accept(flat.get(i), flat.get(i + 1));
    }
  }

  /** Removes everything. */
  public void clear() {
    change();
    flat.clear();
  }

  /** An independent copy of the first {@code max} fields, 0 for all. */
  public Headers copyFirst(int max) {
    int count = max > 0 ? Math.min(max, size()) : size();
    return count == size()
        ? copy()
        : new Headers(new ArrayList<>(flat.subList(0, 2 * count)), Arrays.copyOf(keys, count));
  }

  /** An independent copy. */
  public Headers copy() {
    return new Headers(new ArrayList<>(flat), Arrays.copyOf(keys, size()));
  }

  @Override
  public String toString() {
    return flat.toString();
  }

  private int indexOf(String name, int from) {
    int key = FieldNames.key(name);
    int size = size();
    for (int i = from / 2; i < size; i++) {
      if (keys[i] == key && flat.get(2 * i).equalsIgnoreCase(name)) {
        return 2 * i;
      }
    }
    return -1;
  }

  private boolean removeFrom(int from, String name) {
    boolean removed = false;
    for (int i = indexOf(name, from); i >= 0; i = indexOf(name, i)) {
      removeAt(i / 2);
      removed = true;
    }
    return removed;
  }
}
