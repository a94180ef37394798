package dev.banyan.it.oracle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Immutable: rules by name, each with alternatives that texts are drawn from; {@code
 * configurations.grammar} says how they are written.
 */
final class Grammar {
  private static final Pattern REFERENCE = Pattern.compile("<<(\\??)([\\w-]+)(?::(\\w+))?>>");
  private static final Pattern WEIGHT = Pattern.compile("(\\d+)\\| (.*)");
  private static final int DEEPEST = 50;

  private final Map<String, List<String>> rules;

  private Grammar(Map<String, List<String>> rules) {
    this.rules = rules;
  }

  /**
   * Reads a grammar.
   *
   * @throws IllegalArgumentException naming the line that is neither a rule nor an alternative, or
   *     the rule that is referred to and isn't there
   */
  static Grammar parse(String text) {
    Map<String, List<String>> rules = new LinkedHashMap<>();
    List<String> rule = new ArrayList<>();
    for (String line : text.split("\n")) {
      if (line.startsWith("  ")) {
        Matcher weight = WEIGHT.matcher(line.strip());
        boolean weighted = weight.matches();
        String alternative = weighted ? weight.group(2) : line.strip();
        for (int i = weighted ? Integer.parseInt(weight.group(1)) : 1; i > 0; i--) {
          rule.add(alternative.equals("-") ? "" : alternative);
        }
      } else if (line.endsWith(":")) {
        rule = new ArrayList<>();
        rules.put(line.substring(0, line.length() - 1), rule);
      } else if (!line.isBlank() && !line.startsWith("#")) {
        throw new IllegalArgumentException("neither a rule nor an alternative: " + line);
      }
    }
    rules.values().forEach(alternatives -> alternatives.forEach(one -> check(rules, one)));
    return new Grammar(rules);
  }

  private static void check(Map<String, List<String>> rules, String alternative) {
    Matcher reference = REFERENCE.matcher(alternative);
    while (reference.find()) {
      if (reference.group(1).isEmpty() && !rules.containsKey(reference.group(2))) {
        throw new IllegalArgumentException("no rule " + reference.group(2) + ": " + alternative);
      }
    }
  }

  /** What drawings remembered by name, for those that come after them. */
  static final class Memory {
    private final Map<String, List<String>> texts = new HashMap<>();

    private void add(String name, String text) {
      texts.computeIfAbsent(name, _ -> new ArrayList<>()).add(text);
    }

    private List<String> of(String name) {
      return texts.getOrDefault(name, List.of("/"));
    }
  }

  /** Draws a text of a rule. */
  String draw(String rule, RandomGenerator random, Memory memory) {
    return draw(rule, random, memory, 0);
  }

  private String draw(String rule, RandomGenerator random, Memory memory, int depth) {
    if (depth > DEEPEST) {
      throw new IllegalStateException("the rule " + rule + " does not end");
    }
    Matcher reference = REFERENCE.matcher(one(rules.getOrDefault(rule, List.of()), random));
    StringBuilder text = new StringBuilder();
    while (reference.find()) {
      String name = reference.group(2);
      String drawn =
          reference.group(1).isEmpty()
              ? draw(name, random, memory, depth + 1)
              : one(memory.of(name), random);
      if (reference.group(3) != null) {
        memory.add(reference.group(3), drawn);
      }
      reference.appendReplacement(text, Matcher.quoteReplacement(drawn));
    }
    return reference.appendTail(text).toString();
  }

  private static String one(List<String> texts, RandomGenerator random) {
    return texts.get(random.nextInt(texts.size()));
  }
}
