package dev.banyan.server.learn;

import dev.banyan.lua.seam.RecordedCall;
import dev.banyan.vectors.VectorJson;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Owned by its session's lock: chooses which calls become vectors: each that reached a new line or
 * a new way on from a branch, some of every shape of outcome, and some of every outcome, while
 * there is room.
 */
final class VectorChoice {
  /** How many vectors of one shape of outcome are kept. */
  private static final int OF_A_SHAPE = 6;

  /** How many vectors of exactly one outcome are kept. */
  private static final int OF_AN_OUTCOME = 2;

  /** The most shapes and outcomes that are told apart. */
  private static final int MOST_KINDS = 20_000;

  private final int most;
  private final List<RecordedCall> chosen = new ArrayList<>();
  private final Map<String, Integer> shapes = new HashMap<>();
  private final Map<Integer, Integer> outcomes = new HashMap<>();
  private final Set<Integer> inputs = new HashSet<>();

  VectorChoice(int most) {
    this.most = most;
  }

  /** The vectors, in the order of the calls. */
  List<RecordedCall> chosen() {
    return List.copyOf(chosen);
  }

  /** Whether the call became a vector. */
  boolean offer(RecordedCall call) {
    Map<String, @Nullable Object> tree = VectorJson.write(call);
    int input =
        List.of(call.function(), String.valueOf(tree.get("request")), call.arguments().toString())
            .hashCode();
    Map<String, @Nullable Object> changes = FunctionStats.changes(call);
    String shape = shape(call, changes);
    int outcome =
        (call.function() + call.results() + call.ending() + call.error() + changes).hashCode();
    boolean fresh = !inputs.contains(input) && isRare(shape, outcome);
    if (!call.newCode() && (!fresh || chosen.size() >= most)) {
      return false;
    }
    if (chosen.size() >= most && !makeRoom()) {
      return false;
    }
    if (inputs.size() < MOST_KINDS) {
      inputs.add(input);
      shapes.merge(shape, 1, Integer::sum);
      outcomes.merge(outcome, 1, Integer::sum);
    }
    chosen.add(call);
    return true;
  }

  /** Drops the latest vector that reached no new code; false when there is none. */
  private boolean makeRoom() {
    for (int i = chosen.size() - 1; i >= 0; i--) {
      if (!chosen.get(i).newCode()) {
        chosen.remove(i);
        return true;
      }
    }
    return false;
  }

  /** Exact outcomes may take half of the room, so that late shapes find some. */
  private boolean isRare(String shape, int outcome) {
    return shapes.getOrDefault(shape, 0) < OF_A_SHAPE
        || (outcomes.getOrDefault(outcome, 0) < OF_AN_OUTCOME && chosen.size() < most / 2);
  }

  private static String shape(RecordedCall call, Map<String, @Nullable Object> changes) {
    Map<String, String> types = new TreeMap<>();
    changes.forEach((place, value) -> types.put(place, TypeStats.type(value)));
    return call.function()
        + call.phase()
        + call.ending()
        + (call.error() == null ? "" : FunctionStats.pattern(call.error()))
        + call.arguments().stream().map(TypeStats::type).toList()
        + call.results().stream().map(TypeStats::type).toList()
        + types
        + (call.printed() != null)
        + call.before().method()
        + call.journal().entries().stream().map(Object::getClass).distinct().count();
  }
}
