package dev.banyan.testkit;

import dev.banyan.lua.seam.RecordedCall;
import dev.banyan.vectors.shrink.Input;
import dev.banyan.vectors.shrink.Site;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Not thread-safe: makes inputs of recorded ones, within what was learned of them: the values that
 * each place has had, and whether it was ever without one.
 */
final class Inputs {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final int MOST_CHANGES = 4;
  private static final int MOST_OF_A_POOL = 200;
  private static final int LONG = 300;
  private static final List<String> METHODS = List.of("GET", "POST", "HEAD", "PUT", "OPTIONS");
  private static final String INTERESTING = "\0\t\n\r \"%&'()*+,-./:;<=>?@[]\\^_`{|}~\u00e4\u00ff";

  private final Map<String, Set<JsonNode>> pools = new HashMap<>();
  private final Map<String, Integer> seen = new HashMap<>();
  private final Map<String, Integer> calls = new HashMap<>();
  private final Set<JsonNode> headLines = new LinkedHashSet<>();

  Inputs(List<RecordedCall> recorded) {
    for (RecordedCall call : recorded) {
      Input input = Input.of(call);
      calls.merge(call.function(), 1, Integer::sum);
      Set<String> paths = new HashSet<>();
      for (Site site : Site.leaves(input.tree())) {
        Set<JsonNode> pool = pools.computeIfAbsent(site.pool(), _ -> new LinkedHashSet<>());
        if (pool.size() < MOST_OF_A_POOL) {
          pool.add(site.value());
        }
        if (!site.value().isNull() && paths.add(site.pool())) {
          seen.merge(call.function() + " " + site.pool(), 1, Integer::sum);
        }
      }
      input.tree().path("request").path("headers").forEach(headLines::add);
    }
  }

  /** Whether some call of the function had nothing there. */
  private boolean mayBeNothing(String function, String pool) {
    return seen.getOrDefault(function + " " + pool, 0) < calls.getOrDefault(function, 0);
  }

  /** A recorded input with one to some places changed. */
  Input changed(RecordedCall call, Random random) {
    Input input = Input.of(call);
    int changes = 1 + random.nextInt(MOST_CHANGES);
    for (int i = 0; i < changes; i++) {
      if (random.nextInt(6) == 0) {
        head((ArrayNode) input.tree().path("request").path("headers"), random);
      } else {
        List<Site> sites = Site.leaves(input.tree());
        change(call.function(), sites.get(random.nextInt(sites.size())), random);
      }
    }
    return input;
  }

  /** Adds, repeats, drops or moves a line of the head. */
  private void head(ArrayNode head, Random random) {
    int line = head.isEmpty() ? 0 : random.nextInt(head.size());
    switch (random.nextInt(4)) {
      case 0 -> {
        if (!headLines.isEmpty()) {
          head.add(one(new ArrayList<>(headLines), random).deepCopy());
        }
      }
      case 1 -> {
        if (!head.isEmpty()) {
          head.add(head.path(line).deepCopy());
        }
      }
      case 2 -> {
        if (!head.isEmpty()) {
          head.remove(line);
        }
      }
      default -> {
        if (!head.isEmpty()) {
          head.insert(random.nextInt(head.size()), head.remove(line));
        }
      }
    }
  }

  private void change(String function, Site site, Random random) {
    List<JsonNode> pool = List.copyOf(pools.getOrDefault(site.pool(), Set.of()));
    if (site.path().equals("request.method")) {
      site.set(NODES.stringNode(one(METHODS, random)));
    } else if (site.path().equals("world.millis")) {
      site.set(NODES.numberNode(site.value().asLong() + one(MOMENTS, random)));
    } else if (site.isHeadsName()) {
      String name = site.value().asString();
      site.set(
          NODES.stringNode(
              random.nextBoolean()
                  ? name.toLowerCase(Locale.ROOT)
                  : name.toUpperCase(Locale.ROOT)));
    } else if (site.name() != null
        && mayBeNothing(function, site.pool())
        && random.nextInt(4) == 0) {
      site.remove();
    } else if (!pool.isEmpty() && random.nextInt(3) == 0) {
      site.set(one(pool, random));
    } else {
      site.set(other(site.value(), random));
    }
  }

  private static final List<Long> MOMENTS =
      List.of(-86_400_000L, -1_000L, -1L, 1L, 999L, 1_000L, 60_000L, 86_400_000L, 31_536_000_000L);

  private static JsonNode other(JsonNode value, Random random) {
    if (value.isString()) {
      return NODES.stringNode(other(value.asString(), random));
    }
    if (value.isNumber()) {
      return number(value.asDouble(), random);
    }
    return value.isBoolean() ? NODES.booleanNode(!value.asBoolean()) : value;
  }

  private static JsonNode number(double value, Random random) {
    double next =
        switch (random.nextInt(6)) {
          case 0 -> value + 1;
          case 1 -> value - 1;
          case 2 -> 0;
          case 3 -> -value;
          case 4 -> value * 2;
          default -> Math.floor(value / 2);
        };
    return next == Math.rint(next) ? NODES.numberNode((long) next) : NODES.numberNode(next);
  }

  private static String other(String text, Random random) {
    int at = text.isEmpty() ? 0 : random.nextInt(text.length());
    char odd = INTERESTING.charAt(random.nextInt(INTERESTING.length()));
    return switch (random.nextInt(8)) {
      case 0 -> "";
      case 1 -> text.substring(0, at);
      case 2 -> text.isEmpty() ? "x" : text.substring(0, at) + text.substring(at + 1);
      case 3 -> text.substring(0, at) + odd + text.substring(at);
      case 4 -> text + text;
      case 5 ->
          random.nextBoolean() ? text.toUpperCase(Locale.ROOT) : text.toLowerCase(Locale.ROOT);
      case 6 -> text + "x".repeat(random.nextInt(LONG));
      default -> text.isEmpty() ? "0" : text.substring(0, at) + odd + text.substring(at + 1);
    };
  }

  private static <T> T one(List<T> choices, Random random) {
    return choices.get(random.nextInt(choices.size()));
  }
}
