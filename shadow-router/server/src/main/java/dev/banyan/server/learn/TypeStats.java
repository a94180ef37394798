package dev.banyan.server.learn;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Owned by its session's lock: which values one place has had. */
final class TypeStats {
  private static final int MOST_SAMPLES = 8;
  private static final int LONGEST_SAMPLE = 40;

  private final Map<String, Long> types = new TreeMap<>();
  private final Set<String> samples = new TreeSet<>();
  private boolean many;
  private boolean whole = true;
  private double least = Double.POSITIVE_INFINITY;
  private double most = Double.NEGATIVE_INFINITY;
  private int shortest = Integer.MAX_VALUE;
  private int longest;

  void add(@Nullable Object value) {
    types.merge(type(value), 1L, Long::sum);
    switch (value) {
      case String text -> {
        shortest = Math.min(shortest, text.length());
        longest = Math.max(longest, text.length());
        sample(text);
      }
      case Double number -> {
        least = Math.min(least, number);
        most = Math.max(most, number);
        whole &= number == Math.rint(number);
      }
      case null, default -> {
        // its type says all
      }
    }
  }

  static String type(@Nullable Object value) {
    return switch (value) {
      case null -> "nil";
      case String _ -> "string";
      case Number _ -> "number";
      case Boolean _ -> "boolean";
      case List<?> _ -> "list";
      default -> "table";
    };
  }

  private void sample(String text) {
    if (text.length() > LONGEST_SAMPLE
        || (samples.size() >= MOST_SAMPLES && !samples.contains(text))) {
      many = true;
    } else {
      samples.add(text);
    }
  }

  Map<String, @Nullable Object> tree() {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("types", new TreeMap<>(types));
    tree.put("nil", types.containsKey("nil"));
    if (types.containsKey("number")) {
      tree.put("least", least);
      tree.put("most", most);
      tree.put("whole", whole);
    }
    if (types.containsKey("string")) {
      tree.put("shortest", shortest);
      tree.put("longest", longest);
      tree.put("values", many ? List.of() : List.copyOf(samples));
    }
    return tree;
  }
}
