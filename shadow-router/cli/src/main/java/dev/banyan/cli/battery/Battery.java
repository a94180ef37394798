package dev.banyan.cli.battery;

import dev.banyan.cli.battery.Tally.Fate;
import dev.banyan.cli.reproduce.BothSides;
import dev.banyan.cli.reproduce.BothSides.Answer;
import dev.banyan.lua.seam.RecordedCall;
import dev.banyan.vectors.Vector;
import dev.banyan.vectors.spoil.Spoiled;
import dev.banyan.vectors.spoil.Spoiler;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/**
 * Owned by one thread: gives bad inputs, made of vectors, to Lua and to the port, and compares how
 * they take them.
 */
public final class Battery {
  /** The most inputs that are given. */
  static final int MAX_INPUTS = 60_000;

  /** The most vectors of one function with the same outcome that inputs are made of. */
  private static final int OF_AN_OUTCOME = 2;

  private final Supplier<BothSides> fresh;
  private final IntConsumer progress;
  private final Map<Spoiled.Kind, Tally> tallies = new EnumMap<>(Spoiled.Kind.class);
  private final Map<String, Finding> findings = new LinkedHashMap<>();
  private BothSides sides;
  private int given;
  private int left;

  /**
   * A battery.
   *
   * @param fresh makes a Lua machine and a port that have seen no call yet
   * @param progress hears how many inputs were given
   */
  public Battery(Supplier<BothSides> fresh, IntConsumer progress) {
    this.fresh = fresh;
    this.progress = progress;
    this.sides = fresh.get();
    for (Spoiled.Kind kind : Spoiled.Kind.values()) {
      tallies.put(kind, new Tally());
    }
  }

  /**
   * What came of it.
   *
   * @param tallies by kind of input
   * @param findings the causes of what is wrong
   * @param left inputs that were not given, because there were too many
   */
  public record Outcome(Map<Spoiled.Kind, Tally> tallies, List<Finding> findings, int left) {
    /** Copies both. */
    public Outcome {
      tallies = new EnumMap<>(tallies);
      findings = List.copyOf(findings);
    }
  }

  /** Gives the bad inputs that can be made of these vectors. */
  public Outcome of(List<Vector> vectors) {
    for (Vector vector : chosen(vectors)) {
      for (Spoiled spoiled : Spoiler.of(vector.call())) {
        if (given == MAX_INPUTS) {
          left++;
          continue;
        }
        given++;
        give(vector, spoiled);
        progress.accept(given);
      }
    }
    return new Outcome(tallies, new ArrayList<>(findings.values()), left);
  }

  /** Of calls that came to the same a few are enough. */
  private static List<Vector> chosen(List<Vector> vectors) {
    Map<String, Integer> seen = new LinkedHashMap<>();
    List<Vector> chosen = new ArrayList<>();
    for (Vector vector : vectors) {
      RecordedCall call = vector.call();
      Set<String> changed = new HashSet<>(call.after().ctx().keySet());
      changed.removeAll(call.before().ctx().keySet());
      String outcome =
          call.function()
              + call.phase()
              + call.ending()
              + (call.error() == null)
              + call.results().stream().map(Battery::type).toList()
              + changed;
      if (seen.merge(outcome, 1, Integer::sum) <= OF_AN_OUTCOME) {
        chosen.add(vector);
      }
    }
    return chosen;
  }

  private static String type(Object value) {
    return value == null ? "nil" : value.getClass().getSimpleName();
  }

  private void give(Vector vector, Spoiled spoiled) {
    RecordedCall call = spoiled.input().call();
    Tally tally = tallies.computeIfAbsent(spoiled.kind(), _ -> new Tally());
    if (call == null) {
      tally.add(Fate.NOT_COMPARED);
      return;
    }
    Answer answer = sides.run(call);
    Fate fate = fate(answer);
    if (fate == Fate.DIFFER || fate == Fate.ONLY_LUA_FAILS || fate == Fate.PORT_FAILS) {
      fate = found(vector, spoiled, call, answer, fate);
    }
    if (answer instanceof Answer.None) {
      sides = fresh.get();
    }
    tally.add(fate);
  }

  private static Fate fate(Answer answer) {
    return switch (answer) {
      case Answer.Agree(RecordedCall now) -> now.error() == null ? Fate.ALIKE : Fate.BOTH_FAIL;
      case Answer.Differ now when !now.call().opaque().isEmpty() -> Fate.NOT_COMPARED;
      case Answer.Differ now when !now.call().changed().isEmpty() -> Fate.NOT_COMPARED;
      case Answer.Differ now -> isOnlyLuas(now) ? Fate.ONLY_LUA_FAILS : Fate.DIFFER;
      case Answer.Declined(RecordedCall now, var _) ->
          now.error() == null ? Fate.LEFT_TO_LUA : Fate.BOTH_FAIL;
      case Answer.Broke(RecordedCall now, var _, var _) ->
          now.error() == null ? Fate.PORT_FAILS : Fate.BOTH_FAIL;
      case Answer.None _ -> Fate.NOT_COMPARED;
    };
  }

  /** The port doesn't raise an error of any kind where Lua does. */
  private static boolean isOnlyLuas(Answer.Differ now) {
    return now.call().error() != null
        && now.judgement().differences().stream()
            .anyMatch(one -> one.path().equals("error") && one.candidate() == null);
  }

  /** What is wrong for the first time is given once more, to sides that have seen nothing. */
  private Fate found(Vector vector, Spoiled spoiled, RecordedCall call, Answer answer, Fate fate) {
    String cause = Finding.cause(answer);
    Finding known = findings.get(cause);
    if (known != null) {
      known.again(spoiled);
      return fate;
    }
    sides = fresh.get();
    Answer again = sides.run(call);
    if (fate(again) != fate || !Finding.cause(again).equals(cause)) {
      return Fate.NOT_COMPARED;
    }
    findings.put(cause, new Finding(cause, fate, vector.name(), spoiled, call, again));
    return fate;
  }
}
