package dev.banyan.server.lines;

import dev.banyan.gateway.Covering;
import dev.banyan.gateway.Gateway;
import dev.banyan.lua.RequestCoverage.Function;
import dev.banyan.lua.RequestCoverage.Reached;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Thread-safe, but not for workers' threads: which requests reach which Lua for the first time,
 * from {@link #begin} to {@link #end} or until nobody has asked for {@link #IDLE}. Nothing costs
 * otherwise.
 */
public final class LiveCoverage implements AutoCloseable {
  /** How long it goes on when nobody takes what was reached. */
  public static final Duration IDLE = Duration.ofMinutes(5);

  private static final long LOOK_SECONDS = 20;

  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("banyan-coverage").factory());
  private volatile @Nullable Gateway gateway;
  private @Nullable Covering covering;
  private String state = "none was begun";
  private long asked;
  private final Set<String> seen = new HashSet<>();
  private final Set<String> lines = new HashSet<>();
  private final Set<String> ways = new HashSet<>();
  private final NavigableMap<String, Function> functions = new TreeMap<>();

  /** Of no traffic yet. */
  public LiveCoverage() {
    timer.scheduleWithFixedDelay(this::endIfIdle, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
  }

  /** Tells whose traffic it is. */
  public void serve(Gateway running) {
    gateway = running;
  }

  /**
   * Begins anew, whether it was under way or not.
   *
   * @param field the name of the field whose value tells requests apart
   * @return whether there is any traffic yet
   */
  public synchronized boolean begin(String field) {
    Gateway running = gateway;
    if (running == null) {
      return false;
    }
    end("it was begun anew");
    seen.clear();
    lines.clear();
    ways.clear();
    functions.clear();
    covering = running.cover(field);
    state = "";
    asked = System.nanoTime();
    return true;
  }

  /**
   * What was reached since the last time, as a tree: {@code lines} and {@code ways} on from
   * conditional jumps, each with {@code all} and {@code reached}; {@code reached} has each new
   * place with the marks of requests that came there; {@code leftOut} names files of which somebody
   * else takes coverage.
   *
   * @return null when none is under way: see {@link #state}
   */
  public synchronized @Nullable Map<String, Object> take() {
    Covering going = covering;
    if (going == null) {
      return null;
    }
    asked = System.nanoTime();
    Map<String, NavigableSet<String>> fresh = new TreeMap<>();
    Set<String> leftOut = new TreeSet<>();
    for (Reached one : going.take(Set.copyOf(seen))) {
      lines.addAll(one.lines());
      ways.addAll(one.ways());
      one.functions().forEach(function -> functions.put(function.first(), function));
      leftOut.addAll(one.leftOut());
      one.places()
          .forEach(
              (place, marks) -> fresh.computeIfAbsent(place, _ -> new TreeSet<>()).addAll(marks));
    }
    seen.addAll(fresh.keySet());
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("lines", counts(lines));
    tree.put("ways", counts(ways));
    List<Map<String, Object>> reached = new ArrayList<>();
    fresh.forEach(
        (place, marks) -> reached.add(Map.of("place", place, "marks", List.copyOf(marks))));
    tree.put("reached", reached);
    tree.put("words", words());
    tree.put("leftOut", List.copyOf(leftOut));
    return tree;
  }

  /** By the names of the functions, so that it is no matter which worker served what. */
  private List<String> words() {
    Set<String> words = new LinkedHashSet<>();
    functions.values().stream()
        .filter(one -> seen.contains(one.first()) && !seen.containsAll(one.ways()))
        .forEach(one -> words.addAll(one.words()));
    return List.copyOf(words);
  }

  private Map<String, Integer> counts(Set<String> all) {
    int reached = (int) all.stream().filter(seen::contains).count();
    return Map.of("all", all.size(), "reached", reached);
  }

  /** Why none is under way; empty while one is. */
  public synchronized String state() {
    return state;
  }

  /** Ends it, with a reason that {@link #state} then tells. */
  public synchronized void end(String why) {
    Covering going = covering;
    if (going != null) {
      going.end();
      covering = null;
      state = why;
    }
  }

  /** The workers were replaced by such that aren't covered. */
  public synchronized void reloaded() {
    Covering going = covering;
    if (going != null && going.isPast()) {
      end("the configuration was reloaded");
    }
  }

  private synchronized void endIfIdle() {
    if (System.nanoTime() - asked > IDLE.toNanos()) {
      end("nobody has asked for " + IDLE.toMinutes() + " minutes");
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
    end("Banyan stops");
  }
}
