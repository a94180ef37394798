package dev.banyan.vectors.shrink;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Owned by one failure: makes an input smaller while it still fails: as recorded where that does,
 * then with fewer lines, fields and items, shorter texts, plainer numbers.
 */
public final class Shrinker {
  /** What is no smaller when it is shorter. */
  private static final Set<String> KEPT = Set.of("request.method", "request.uri");

  /** How deep in arguments something is dropped. */
  private static final int MAX_DEPTH = 4;

  private final Predicate<Input> fails;
  private int left;

  /**
   * Shrinks by this test.
   *
   * @param most how often an input is tested at most
   */
  public Shrinker(Predicate<Input> fails, int most) {
    this.fails = fails;
    this.left = most;
  }

  /** The smallest input found. */
  public Input smallest(Input failing) {
    Input best = reverted(failing);
    boolean smaller = true;
    while (smaller && left > 0) {
      Input next = texts(fewer(best));
      smaller = !next.tree().equals(best.tree());
      best = next;
    }
    return best;
  }

  private boolean stillFails(Input candidate) {
    return left-- > 0 && fails.test(candidate);
  }

  /** Takes back each change that isn't needed. */
  private Input reverted(Input failing) {
    Input best = failing;
    for (String part : List.of("world", "arguments", "request")) {
      Input whole = best.copy();
      whole.tree().set(part, best.recorded().path(part).deepCopy());
      if (!whole.tree().equals(best.tree()) && stillFails(whole)) {
        best = whole;
      }
    }
    for (String name : names(best.tree().path("request"))) {
      Input candidate = best.copy();
      JsonNode before = best.recorded().path("request").path(name);
      if (!before.isMissingNode() && !before.equals(best.tree().path("request").path(name))) {
        ((ObjectNode) candidate.tree().path("request")).set(name, before.deepCopy());
        best = stillFails(candidate) ? candidate : best;
      }
    }
    return best;
  }

  private static List<String> names(JsonNode object) {
    return object.properties().stream().map(one -> one.getKey()).toList();
  }

  /** Drops lines of the heads and fields of {@code ngx.ctx}. */
  private Input fewer(Input from) {
    Input best = from;
    for (String list : List.of("headers", "responseHeaders")) {
      for (int i = best.tree().path("request").path(list).size() - 1; i >= 0; i--) {
        Input candidate = best.copy();
        ((ArrayNode) candidate.tree().path("request").path(list)).remove(i);
        best = stillFails(candidate) ? candidate : best;
      }
    }
    for (String map : List.of("ctx", "variables")) {
      for (String name : names(best.tree().path("request").path(map))) {
        Input candidate = best.copy();
        ((ObjectNode) candidate.tree().path("request").path(map)).remove(name);
        best = stillFails(candidate) ? candidate : best;
      }
    }
    return without(best, "arguments");
  }

  /**
   * Drops fields and items of what stands below, the outer ones first; arguments stay arguments.
   */
  private Input without(Input from, String part) {
    Input best = from;
    for (int depth = 1; depth <= MAX_DEPTH; depth++) {
      int count = Site.inner(best.tree().path(part), depth).size();
      for (int i = count - 1; i >= 0; i--) {
        Input candidate = best.copy();
        List<Site> sites = Site.inner(candidate.tree().path(part), depth);
        if (i < sites.size()) {
          sites.get(i).remove();
          best = stillFails(candidate) ? candidate : best;
        }
      }
    }
    return best;
  }

  /** Shortens texts, halves first; makes numbers plain. */
  private Input texts(Input from) {
    Input best = from;
    int count = Site.leaves(best.tree()).size();
    for (int i = 0; i < count && left > 0; i++) {
      Site site = Site.leaves(best.tree()).get(i);
      JsonNode value = site.value();
      if (KEPT.contains(site.path())) {
        continue;
      }
      if (value.isString() && !value.asString().isEmpty()) {
        best = shorter(best, i, value.asString());
      } else if (value.isNumber() && value.asDouble() != 0) {
        best = with(best, i, JsonNodeFactory.instance.numberNode(0));
      }
    }
    return best;
  }

  private Input shorter(Input from, int site, String text) {
    Input best = from;
    String now = text;
    for (int cut = Math.max(1, now.length() / 2); cut > 0; cut /= 2) {
      for (int at = 0; at + cut <= now.length() && left > 0; ) {
        String shorter = now.substring(0, at) + now.substring(at + cut);
        Input candidate = with(best, site, JsonNodeFactory.instance.stringNode(shorter));
        if (candidate == best) {
          at += cut;
        } else {
          best = candidate;
          now = shorter;
        }
      }
    }
    return best;
  }

  /** The input with another value there, if that still fails; else the same. */
  private Input with(Input from, int site, JsonNode value) {
    Input candidate = from.copy();
    Site.leaves(candidate.tree()).get(site).set(value);
    return stillFails(candidate) ? candidate : from;
  }
}
