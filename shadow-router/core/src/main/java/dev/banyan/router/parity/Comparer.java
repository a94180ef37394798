package dev.banyan.router.parity;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Owned by one comparison: explains how two answers differ, leaf by leaf. What a rule lets pass
 * doesn't count towards the bound on differences.
 */
public final class Comparer {
  /** The most differences that one comparison explains. */
  public static final int MAX_DIFFERENCES = 32;

  /** How deep trees are compared; below, they count as one leaf. */
  public static final int MAX_DEPTH = 32;

  private final List<ParityRule> rules;
  private final List<Difference> found = new ArrayList<>();
  private final Set<ParityRule> used = new HashSet<>();
  private boolean inBody;

  private Comparer(List<ParityRule> rules) {
    this.rules = rules;
  }

  /** Compares two answers. */
  public static Comparison compare(Answer control, Answer candidate, List<ParityRule> rules) {
    Comparer comparer = new Comparer(rules);
    comparer.walk("", control.tree(), candidate.tree(), 0);
    return new Comparison(comparer.found, comparer.used);
  }

  private void walk(String path, @Nullable Object control, @Nullable Object candidate, int depth) {
    if (found.size() >= MAX_DIFFERENCES || passes(path, control, candidate)) {
      return;
    }
    if (control instanceof Body a && candidate instanceof Body b) {
      walkBodies(path, a, b, depth);
    } else if (depth < MAX_DEPTH
        && control instanceof Map<?, ?> a
        && candidate instanceof Map<?, ?> b) {
      walkMaps(path, a, b, depth);
    } else if (depth < MAX_DEPTH
        && control instanceof List<?> a
        && candidate instanceof List<?> b) {
      walkLists(path, a, b, depth);
    } else if (!sameLeaf(control, candidate)) {
      found.add(new Difference(path, control, candidate));
    }
  }

  /** By what they say, when both say it in the same way. */
  private void walkBodies(String path, Body control, Body candidate, int depth) {
    Body.Read left = control.read();
    Body.Read right = candidate.read();
    inBody = true;
    if (left.kind() == right.kind()) {
      walk(path, left.value(), right.value(), depth + 1);
    } else {
      walk(path, control.octets(), candidate.octets(), depth + 1);
    }
    inBody = false;
  }

  private void walkMaps(String path, Map<?, ?> control, Map<?, ?> candidate, int depth) {
    TreeSet<String> keys = new TreeSet<>();
    control.keySet().forEach(key -> keys.add(String.valueOf(key)));
    candidate.keySet().forEach(key -> keys.add(String.valueOf(key)));
    for (String key : keys) {
      String shown = inBody ? Body.shown(key) : key;
      String below = path.isEmpty() ? shown : path + (isBracketed(shown) ? "" : ".") + shown;
      walk(below, control.get(key), candidate.get(key), depth + 1);
    }
  }

  /** Whether it is a key of Lua's that is no text, and is told as the items of lists are. */
  private boolean isBracketed(String key) {
    return !inBody && key.startsWith("[");
  }

  private void walkLists(String path, List<?> control, List<?> candidate, int depth) {
    int length = Math.max(control.size(), candidate.size());
    for (int i = 0; i < length; i++) {
      Object a = i < control.size() ? control.get(i) : null;
      Object b = i < candidate.size() ? candidate.get(i) : null;
      walk(path + "[" + (i + 1) + "]", a, b, depth + 1);
    }
  }

  /** Whether a rule lets pass what differs here and below. */
  private boolean passes(String path, @Nullable Object control, @Nullable Object candidate) {
    for (ParityRule rule : rules) {
      if (rule.at().matches(path)
          && !same(control, candidate)
          && rule.lenience().passes(control, candidate)) {
        used.add(rule);
        return true;
      }
    }
    return false;
  }

  private static boolean same(@Nullable Object control, @Nullable Object candidate) {
    Comparer strict = new Comparer(List.of());
    strict.walk("", control, candidate, 0);
    return strict.found.isEmpty();
  }

  /**
   * Lua has one kind of number: 1 and 1.0 are the same, and NaN is taken as equal to itself. Zero
   * and minus zero are two, for Lua prints both.
   */
  private static boolean sameLeaf(@Nullable Object control, @Nullable Object candidate) {
    if (control instanceof BigDecimal && candidate instanceof BigDecimal) {
      return control.equals(candidate); // read from JSON, without trailing zeros
    }
    if (control instanceof Number a && candidate instanceof Number b) {
      double left = a.doubleValue();
      double right = b.doubleValue();
      return Double.compare(left, right) == 0;
    }
    return Objects.equals(control, candidate);
  }
}
