package dev.banyan.host;

import java.util.AbstractSet;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Immutable: names of header fields in lower case, found in any case. Ports spell a name as they
 * have declared it, which is looked for first.
 */
final class FieldNames extends AbstractSet<String> {
  private final Set<String> spelled;
  private final SortedSet<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

  private FieldNames(Set<String> spelled) {
    this.spelled = spelled;
    spelled.forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
  }

  static FieldNames of(String... declared) {
    return new FieldNames(Set.copyOf(List.of(declared)));
  }

  @Override
  public boolean contains(@Nullable Object name) {
    return name instanceof String text && (spelled.contains(text) || names.contains(text));
  }

  @Override
  public Iterator<String> iterator() {
    return Collections.unmodifiableSortedSet(names).iterator();
  }

  @Override
  public int size() {
    return names.size();
  }
}
