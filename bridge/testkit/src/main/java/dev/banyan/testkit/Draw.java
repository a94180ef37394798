package dev.banyan.testkit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Not thread-safe: random inputs for a property, the same for the same seed. A property that fails
 * tells the seed of its case; {@code -Ddraw.seed=SEED} plays that case alone.
 */
public final class Draw {
  private static final long FIRST_SEED = 20_261_124;

  private final Random random;

  private Draw(long seed) {
    random = new Random(seed);
  }

  /**
   * Holds a property to this many cases.
   *
   * @throws AssertionError for the first case that fails, with its seed
   */
  public static void cases(int count, Consumer<Draw> property) {
    Long only = Long.getLong("draw.seed");
    long first = only == null ? FIRST_SEED : only;
    for (long seed = first; seed < first + (only == null ? count : 1); seed++) {
      try {
        property.accept(new Draw(seed));
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("-Ddraw.seed=" + seed + ": " + e.getMessage(), e);
      }
    }
  }

  /** A number from {@code min} to {@code max}, both included. */
  public int number(int min, int max) {
    return random.nextInt(min, max + 1);
  }

  /** True or false. */
  public boolean flag() {
    return random.nextBoolean();
  }

  /** One of these. */
  public <T> T one(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /** Between {@code min} and {@code max} of these, in any order, repeated or not. */
  public <T> List<T> list(int min, int max, List<T> choices) {
    List<T> list = new ArrayList<>();
    for (int i = number(min, max); i > 0; i--) {
      list.add(one(choices));
    }
    return list;
  }

  /** At most {@code max} of these, each once. */
  public <T> List<T> distinct(int max, List<T> choices) {
    List<T> shuffled = new ArrayList<>(choices);
    Collections.shuffle(shuffled, random);
    return List.copyOf(shuffled.subList(0, number(0, Math.min(max, shuffled.size()))));
  }

  /** At most {@code max} of these keys, each with one of these values. */
  public <T> Map<String, T> map(int max, List<String> keys, List<T> values) {
    Map<String, T> map = new HashMap<>();
    distinct(max, keys).forEach(key -> map.put(key, one(values)));
    return map;
  }

  /** Between {@code min} and {@code max} of these words, joined. */
  public String words(int min, int max, String... words) {
    return String.join("", list(min, max, List.of(words)));
  }

  /** Between {@code min} and {@code max} of these characters. */
  public String chars(int min, int max, String alphabet) {
    StringBuilder text = new StringBuilder();
    for (int i = number(min, max); i > 0; i--) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }

  /** At most {@code max} octets of any value, as chars. */
  public String octets(int max) {
    StringBuilder text = new StringBuilder();
    for (int i = number(0, max); i > 0; i--) {
      text.append((char) random.nextInt(256));
    }
    return text.toString();
  }
}
