package dev.banyan.api;

import java.util.AbstractList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Immutable: a list that grows at its end without copying, as decisions do effect by effect. It is
 * laid out as an array when it is read first, which may happen on several threads at once.
 */
final class Chain<T> extends AbstractList<T> {
  private final @Nullable Chain<T> before;
  private final @Nullable T last;
  private final int size;
  private T @Nullable [] items;

  private Chain(@Nullable Chain<T> before, @Nullable T last, int size) {
    this.before = before;
    this.last = last;
    this.size = size;
  }

  /** A chain of these: the list itself when it is one. */
  static <T> Chain<T> of(List<T> items) {
    if (items instanceof Chain<T> known) {
      return known;
    }
    Chain<T> chain = new Chain<>(null, null, 0);
    for (T item : items) {
      chain = chain.with(item);
    }
    return chain;
  }

  /** This chain and one more. */
  Chain<T> with(T item) {
    return new Chain<>(this, Objects.requireNonNull(item), size + 1);
  }

  @Override
  public T get(int index) {
    return items()[Objects.checkIndex(index, size)];
  }

  @Override
  public int size() {
    return size;
  }

  private T[] items() {
    T[] known = items;
    if (known == null) {
      known = laidOut();
      items = known;
    }
    return known;
  }

  @SuppressWarnings({"unchecked", "NullAway"}) // every link but the first has an item
  private T[] laidOut() {
    Object[] array = new Object[size];
    Chain<T> at = this;
    for (int i = size - 1; i >= 0; i--) {
      array[i] = at.last;
      at = at.before;
    }
    return (T[]) array;
  }
}
