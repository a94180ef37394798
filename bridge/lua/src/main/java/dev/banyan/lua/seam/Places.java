package dev.banyan.lua.seam;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Plain values by the names of their places, in the names' order. Owned by the call that reads
 * them, until an {@link Observed} holds them; from then on they stay as they are, for any thread.
 *
 * <p>A handler's places are the same for each call, so that their names are shared, and only the
 * values are new.
 */
public final class Places extends AbstractMap<String, @Nullable Object> {
  private static final int ROOM = 8;

  private String[] names;
  private @Nullable Object[] values;
  private int size;
  private boolean ownsNames;
  private boolean frozen;

  private Places(String[] names, @Nullable Object[] values, int size, boolean ownsNames) {
    this.names = names;
    this.values = values;
    this.size = size;
    this.ownsNames = ownsNames;
  }

  /** Takes these over: names in their order, without any twice, and a value for each. */
  static Places of(String[] sorted, @Nullable Object[] values) {
    return new Places(sorted, values, sorted.length, false);
  }

  /** Some that may be changed, as these are now. */
  public static Places copy(Map<String, @Nullable Object> places) {
    if (places instanceof Places other) {
      if (!other.frozen) {
        other.ownsNames = false; // names that both have are changed by neither
      }
      return new Places(other.names, other.values.clone(), other.size, false);
    }
    Places copy = new Places(new String[ROOM], new @Nullable Object[ROOM], 0, true);
    copy.putAll(places);
    return copy;
  }

  /** The same, which nobody changes any more. */
  Places frozen() {
    frozen = true;
    return this;
  }

  private int find(Object name) {
    return name instanceof String text ? Arrays.binarySearch(names, 0, size, text) : -1;
  }

  @Override
  public @Nullable Object get(Object name) {
    int at = find(name);
    return at < 0 ? null : values[at];
  }

  @Override
  public boolean containsKey(Object name) {
    return find(name) >= 0;
  }

  @Override
  public int size() {
    return size;
  }

  /** Whether there are places whose names begin so. */
  public boolean haveAny(String beginning) {
    int first = first(beginning);
    return first < size && names[first].startsWith(beginning);
  }

  /**
   * Where their names begin so, has exactly the places of others: takes out what the others don't
   * have, and takes over, with its value, what only they have.
   */
  public void have(String beginning, Places others) {
    requireOpen();
    for (int i = first(beginning); i < size && names[i].startsWith(beginning); ) {
      if (others.containsKey(names[i])) {
        i++;
      } else {
        removeAt(i);
      }
    }
    for (int i = others.first(beginning); i < others.size; i++) {
      String name = others.names[i];
      if (!name.startsWith(beginning)) {
        return;
      }
      putIfAbsent(name, others.values[i]);
    }
  }

  /** Where the names begin that begin so: they stand together. */
  private int first(String beginning) {
    int at = find(beginning);
    return at < 0 ? -at - 1 : at;
  }

  @Override
  public @Nullable Object put(String name, @Nullable Object value) {
    requireOpen();
    int at = find(name);
    if (at >= 0) {
      Object former = values[at];
      values[at] = value;
      return former;
    }
    insert(-at - 1, name, value);
    return null;
  }

  /** Makes room for so many more places. */
  void expect(int more) {
    if (size + more > values.length) {
      values = Arrays.copyOf(values, size + more);
      names = Arrays.copyOf(names, size + more);
      ownsNames = true;
    }
  }

  private void insert(int at, String name, @Nullable Object value) {
    if (!ownsNames || size == names.length) {
      names = Arrays.copyOf(names, size + ROOM);
      ownsNames = true;
    }
    if (size == values.length) {
      values = Arrays.copyOf(values, size + ROOM);
    }
    System.arraycopy(names, at, names, at + 1, size - at);
    System.arraycopy(values, at, values, at + 1, size - at);
    names[at] = name;
    values[at] = value;
    size++;
  }

  @Override
  public @Nullable Object remove(Object name) {
    requireOpen();
    int at = find(name);
    return at < 0 ? null : removeAt(at);
  }

  private @Nullable Object removeAt(int at) {
    Object former = values[at];
    if (!ownsNames) {
      names = names.clone();
      ownsNames = true;
    }
    System.arraycopy(names, at + 1, names, at, size - at - 1);
    System.arraycopy(values, at + 1, values, at, size - at - 1);
    size--;
    values[size] = null;
    return former;
  }

  private void requireOpen() {
    if (frozen) {
      throw new UnsupportedOperationException("these places were observed");
    }
  }

  /** Whether the same values stand at the same places; null stands where there is none. */
  boolean showsAs(Places other) {
    int mine = 0;
    int theirs = 0;
    while (mine < size || theirs < other.size) {
      int order = order(mine, other, theirs);
      Object here = order <= 0 ? values[mine++] : null;
      Object there = order >= 0 ? other.values[theirs++] : null;
      if (!Objects.equals(here, there)) {
        return false;
      }
    }
    return true;
  }

  private int order(int mine, Places other, int theirs) {
    if (mine == size) {
      return 1;
    }
    return theirs == other.size ? -1 : names[mine].compareTo(other.names[theirs]);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    if (other instanceof Places places
        && size == places.size
        && Arrays.equals(names, 0, size, places.names, 0, size)) {
      return Arrays.equals(values, 0, size, places.values, 0, size);
    }
    return super.equals(other);
  }

  @Override
  public int hashCode() {
    return super.hashCode();
  }

  @Override
  public Set<Entry<String, @Nullable Object>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public Iterator<Entry<String, @Nullable Object>> iterator() {
        return new Cursor();
      }

      @Override
      public int size() {
        return size;
      }
    };
  }

  /** Owned by one walk. */
  private final class Cursor implements Iterator<Entry<String, @Nullable Object>> {
    private int next;

    @Override
    public boolean hasNext() {
      return next < size;
    }

    @Override
    public Entry<String, @Nullable Object> next() {
      if (next >= size) {
        throw new NoSuchElementException();
      }
      int at = next++;
      return new SimpleImmutableEntry<>(names[at], values[at]);
    }

    @Override
    public void remove() {
      requireOpen();
      removeAt(--next);
    }
  }
}
