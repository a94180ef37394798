package dev.banyan.modules.waf;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a text must contain for a part of a regex to match in it, in lower case.
 *
 * @param exact all texts that the part can match, or null when they are too many
 * @param clauses when exact is null: of each set, one text must be there
 * @param shortest the length of the shortest match
 */
record RequiredLiterals(@Nullable Set<String> exact, List<Set<String>> clauses, int shortest) {
  private static final int MOST_TEXTS = 64;
  private static final int MOST_COPIES = 4;

  /** Requires nothing and matches nothing: an anchor, the start of a sequence. */
  static final RequiredLiterals EMPTY = new RequiredLiterals(Set.of(""), List.of(), 0);

  RequiredLiterals {
    exact = exact == null ? null : Set.copyOf(exact);
    clauses = clauses.stream().distinct().toList();
  }

  /** One octet of this set; null stands for too many to list. */
  static RequiredLiterals octet(@Nullable Set<String> octets) {
    return new RequiredLiterals(octets, List.of(), 1);
  }

  /** The sets of which one text each must be there. */
  List<Set<String>> all() {
    Set<String> texts = exact;
    if (texts == null) {
      return clauses;
    }
    return texts.contains("") ? List.of() : List.of(texts);
  }

  /** One part after the other. */
  static RequiredLiterals sequence(List<RequiredLiterals> parts) {
    List<Set<String>> clauses = new ArrayList<>();
    Set<String> run = Set.of("");
    boolean whole = true;
    int shortest = 0;
    for (RequiredLiterals part : parts) {
      shortest += part.shortest();
      Set<String> next = part.exact();
      if (next != null && run.size() * next.size() <= MOST_TEXTS) {
        run = product(run, next);
        continue;
      }
      whole = false;
      clauses.addAll(new RequiredLiterals(run, List.of(), 0).all());
      clauses.addAll(part.clauses());
      run = next == null ? Set.of("") : next;
    }
    if (whole) {
      return new RequiredLiterals(run, List.of(), shortest);
    }
    clauses.addAll(new RequiredLiterals(run, List.of(), 0).all());
    return new RequiredLiterals(null, clauses, shortest);
  }

  /** One of these. */
  static RequiredLiterals either(List<RequiredLiterals> parts) {
    if (parts.size() == 1) {
      return parts.getFirst();
    }
    int shortest = parts.stream().mapToInt(RequiredLiterals::shortest).min().orElse(0);
    Set<String> union = new LinkedHashSet<>();
    boolean known = true;
    for (RequiredLiterals part : parts) {
      Set<String> texts = part.exact();
      known &= texts != null;
      if (texts != null) {
        union.addAll(texts);
      }
    }
    if (known && union.size() <= MOST_TEXTS) {
      return new RequiredLiterals(union, List.of(), shortest);
    }
    Set<String> any = new LinkedHashSet<>();
    for (RequiredLiterals part : parts) {
      Optional<Set<String>> rarest = part.rarest();
      if (rarest.isEmpty()) {
        return new RequiredLiterals(null, List.of(), shortest);
      }
      any.addAll(rarest.get());
    }
    return new RequiredLiterals(null, List.of(any), shortest);
  }

  /** This at least {@code min} and at most {@code max} times. */
  RequiredLiterals repeated(int min, int max) {
    Set<String> texts = exact;
    if (min == 0) {
      if (max != 1 || texts == null) {
        return new RequiredLiterals(null, List.of(), 0);
      }
      Set<String> optional = new LinkedHashSet<>(texts);
      optional.add("");
      return new RequiredLiterals(optional, List.of(), 0);
    }
    if (texts != null && min == max && min <= MOST_COPIES) {
      return sequence(Collections.nCopies(min, this));
    }
    return new RequiredLiterals(null, all(), shortest * min);
  }

  private Optional<Set<String>> rarest() {
    return all().stream()
        .max(
            Comparator.comparingInt(
                texts -> texts.stream().mapToInt(String::length).min().orElse(0)));
  }

  private static Set<String> product(Set<String> heads, Set<String> tails) {
    Set<String> product = new LinkedHashSet<>();
    heads.forEach(head -> tails.forEach(tail -> product.add(head + tail)));
    return product;
  }
}
