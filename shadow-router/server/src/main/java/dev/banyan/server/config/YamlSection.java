package dev.banyan.server.config;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Owned by the thread that reads the file: one mapping of it, whose values are asked for by key.
 * Whatever doesn't fit becomes a problem and the caller gets the default, so that one run finds
 * everything. {@link #finish} reports the keys that nobody asked for.
 */
final class YamlSection {
  private static final int PERCENT = 100;
  private static final Pattern VARIABLE = Pattern.compile("\\$[A-Za-z_][A-Za-z0-9_]*");
  private static final Pattern SIZE = Pattern.compile("(\\d{1,6})([kmg])");
  private static final Pattern DURATION = Pattern.compile("(\\d+)(ms|s|m|h|d)");

  private final String path;
  private final int line;
  private final Path file;
  private final List<ConfigProblem> problems;
  private final Map<String, Node> values = new LinkedHashMap<>();
  private final Map<String, Integer> lines = new LinkedHashMap<>();
  private final TreeSet<String> known = new TreeSet<>();

  YamlSection(String path, @Nullable Node node, int line, Path file, List<ConfigProblem> problems) {
    this.path = path;
    this.line = line;
    this.file = file;
    this.problems = problems;
    if (node instanceof MappingNode mapping) {
      mapping.getValue().forEach(this::add);
    } else if (node != null && !isNull(node)) {
      problem(line, title() + " must be a mapping of keys to values");
    }
  }

  private void add(NodeTuple tuple) {
    int at = lineOf(tuple.getKeyNode());
    if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
      problem(at, "a key must be a plain word");
      return;
    }
    if (values.putIfAbsent(key.getValue(), tuple.getValueNode()) != null) {
      problem(at, "key \"" + key.getValue() + "\" is given twice: remove one of them");
    }
    lines.putIfAbsent(key.getValue(), at);
  }

  int line() {
    return line;
  }

  /** The line of a key, or of the section when the key is missing. */
  int line(String key) {
    return lines.getOrDefault(key, line);
  }

  boolean isMissing(String key) {
    return !values.containsKey(key);
  }

  /** The file's folder, which relative paths start from. */
  Path folder() {
    Path parent = file.getParent();
    return parent == null ? file : parent;
  }

  /** The keys, for a section whose keys are names. */
  List<String> names() {
    known.addAll(values.keySet());
    return List.copyOf(values.keySet());
  }

  /** The section below a key; empty when missing. */
  YamlSection section(String key) {
    String below = path.isEmpty() ? key : path + "." + key;
    return new YamlSection(below, take(key), line(key), file, problems);
  }

  /** The mappings of a list; empty when missing. */
  List<YamlSection> sections(String key) {
    Node node = take(key);
    List<YamlSection> sections = new ArrayList<>();
    if (node instanceof SequenceNode sequence) {
      for (Node item : sequence.getValue()) {
        sections.add(new YamlSection(key, item, lineOf(item), file, problems));
      }
    } else if (node != null && !isNull(node)) {
      problem(line(key), "\"" + key + "\" must be a list");
    }
    return sections;
  }

  /**
   * A value of a list.
   *
   * @param line where it stands
   */
  record Item(String text, int line) {}

  /** The values of a list, or of a single value, with their lines. */
  List<Item> items(String key) {
    Node node = values.get(key);
    List<Item> items = new ArrayList<>();
    List<Integer> at =
        node instanceof SequenceNode sequence
            ? sequence.getValue().stream()
                .filter(ScalarNode.class::isInstance)
                .map(YamlSection::lineOf)
                .toList()
            : List.of(line(key));
    List<String> texts = texts(key);
    for (int i = 0; i < texts.size(); i++) {
      items.add(new Item(texts.get(i), at.get(i)));
    }
    return items;
  }

  @Nullable String text(String key) {
    Node node = take(key);
    if (node == null || isNull(node)) {
      return null;
    }
    if (node instanceof ScalarNode scalar) {
      return scalar.getValue();
    }
    problem(line(key), "\"" + key + "\" must be a single value");
    return null;
  }

  String text(String key, String otherwise) {
    String value = text(key);
    return value == null ? otherwise : value;
  }

  /** A list, or a single value as a list of one. */
  List<String> texts(String key) {
    Node node = take(key);
    List<String> texts = new ArrayList<>();
    if (node instanceof ScalarNode scalar && !isNull(node)) {
      texts.add(scalar.getValue());
    } else if (node instanceof SequenceNode sequence) {
      for (Node item : sequence.getValue()) {
        if (item instanceof ScalarNode scalar) {
          texts.add(scalar.getValue());
        } else {
          problem(lineOf(item), "an item of \"" + key + "\" must be a single value");
        }
      }
    } else if (node != null && !isNull(node)) {
      problem(line(key), "\"" + key + "\" must be a value or a list of values");
    }
    return texts;
  }

  /** An nginx variable's name without its dollar sign; {@code remote_addr} for what is none. */
  String variable(String key, String text) {
    if (!VARIABLE.matcher(text).matches()) {
      expected(key, text, "an nginx variable such as $remote_addr or $cookie_session");
      return BanyanConfig.DEFAULT_STICKY_KEY;
    }
    return text.substring(1);
  }

  /**
   * A percentage, as a share of 1.
   *
   * @param otherwise the share when there is none, or none that makes sense
   * @param most percent
   * @param number what is expected of a text that is no number
   * @param range what is expected of a number out of range
   */
  double share(String key, double otherwise, int most, String number, String range) {
    String text = text(key);
    if (text == null) {
      return otherwise;
    }
    try {
      BigDecimal percent = new BigDecimal(text);
      if (percent.signum() >= 0 && percent.compareTo(BigDecimal.valueOf(most)) <= 0) {
        return percent.doubleValue() / PERCENT;
      }
      expected(key, text, range);
    } catch (NumberFormatException e) {
      expected(key, text, number);
    }
    return otherwise;
  }

  boolean truth(String key, boolean otherwise) {
    String text = text(key, String.valueOf(otherwise));
    if (!text.equals("true") && !text.equals("false")) {
      expected(key, text, "true or false");
    }
    return text.equals("true");
  }

  int integer(String key, int otherwise, int least, int most) {
    String text = text(key);
    if (text == null) {
      return otherwise;
    }
    try {
      int value = new BigDecimal(text).intValueExact();
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException | ArithmeticException e) {
      expected(key, text, "a whole number from " + least + " to " + most);
      return otherwise;
    }
    expected(key, text, "a whole number from " + least + " to " + most);
    return otherwise;
  }

  /** Octets, written as {@code 64k}, {@code 8m} or {@code 1g}. */
  long size(String key, long otherwise) {
    String text = text(key);
    if (text == null) {
      return otherwise;
    }
    Matcher matcher = SIZE.matcher(text);
    if (!matcher.matches()) {
      expected(key, text, "a number with a unit: 64k, 8m or 1g");
      return otherwise;
    }
    long amount = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "k" -> amount << 10;
      case "m" -> amount << 20;
      default -> amount << 30;
    };
  }

  Duration duration(String key, Duration otherwise) {
    String text = text(key);
    if (text == null) {
      return otherwise;
    }
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches() || matcher.group(1).length() > 9) {
      expected(key, text, "a number with a unit: 250ms, 30s, 5m, 1h or 14d");
      return otherwise;
    }
    long amount = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofDays(amount);
    };
  }

  /** One of an enum's constants by its lower-case name, or null when missing or wrong. */
  <E extends Enum<E>> @Nullable E choice(String key, Class<E> type) {
    String text = text(key);
    if (text == null) {
      return null;
    }
    List<String> labels = new ArrayList<>();
    for (E constant : type.getEnumConstants()) {
      String label = constant.name().toLowerCase(Locale.ROOT);
      if (label.equals(text)) {
        return constant;
      }
      labels.add(label);
    }
    expected(key, text, String.join(", ", labels));
    return null;
  }

  void expected(String key, String found, String expected) {
    problem(line(key), "\"" + key + ": " + found + "\" is not accepted: expected " + expected);
  }

  void problem(int at, String message) {
    problems.add(new ConfigProblem(file, at, message));
  }

  /** Reports the keys that nobody asked for. */
  void finish() {
    for (String key : values.keySet()) {
      if (!known.contains(key)) {
        problem(
            line(key),
            "unknown key \"" + key + "\" in " + title() + ": expected " + String.join(", ", known));
      }
    }
  }

  private String title() {
    return path.isEmpty() ? "the file" : "\"" + path + "\"";
  }

  private @Nullable Node take(String key) {
    known.add(key);
    return values.get(key);
  }

  private static boolean isNull(Node node) {
    return node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.NULL);
  }

  private static int lineOf(Node node) {
    return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
  }
}
