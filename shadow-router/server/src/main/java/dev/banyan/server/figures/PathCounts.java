package dev.banyan.server.figures;

import dev.banyan.router.parity.ReasonCounts;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/** For any thread: how many requests were served without Lua, and what kept the others there. */
public final class PathCounts {
  private final LongAdder withoutLua = new LongAdder();
  private final LongAdder inLua = new LongAdder();
  private final ReasonCounts reasons = new ReasonCounts(UnaryOperator.identity());
  private volatile LongSupplier entries = () -> 0;

  /** A reason and how many requests it kept in Lua; a request with two counts for both. */
  public record Ranked(String reason, long requests) {}

  /** Counts a request by why it was in Lua; without a reason it was not. */
  public void served(List<String> why) {
    if (why.isEmpty()) {
      withoutLua.increment();
      return;
    }
    inLua.increment();
    why.forEach(reasons::add);
  }

  /** Tells where the entries into Lua are counted. */
  public void countEntries(LongSupplier source) {
    entries = source;
  }

  /** Requests that were served without Lua. */
  public long withoutLua() {
    return withoutLua.sum();
  }

  /** Requests that were in Lua. */
  public long inLua() {
    return inLua.sum();
  }

  /** How often Lua was entered, timers and start included. */
  public long entries() {
    return entries.getAsLong();
  }

  /** What keeps traffic in Lua, most requests first. */
  public List<Ranked> ranked() {
    return reasons.snapshot().entrySet().stream()
        .map(e -> new Ranked(e.getKey(), e.getValue()))
        .sorted(Comparator.comparingLong(Ranked::requests).reversed())
        .toList();
  }

  /** As JSON. */
  Map<String, Object> tree() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("withoutLua", withoutLua());
    tree.put("inLua", inLua());
    tree.put("luaEntries", entries());
    tree.put("reasons", ranked().stream().map(PathCounts::row).toList());
    return tree;
  }

  private static Map<String, Object> row(Ranked ranked) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("reason", ranked.reason());
    row.put("requests", ranked.requests());
    return row;
  }
}
