package dev.banyan.lua;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaValue;

/**
 * Owned by one machine: which lines of one Lua file's functions run, and which way on from their
 * conditional jumps is gone, while calls are watched.
 *
 * <p>Each line's first instruction is replaced by one that tells and puts the other back, so a line
 * costs something once and code that isn't armed costs nothing. A line that runs while no call is
 * watched is armed again before the next one. A conditional jump stays replaced until both ways
 * were gone. The file's own level, which runs while it is loaded, is left out, and so is a
 * function's last {@code end}.
 */
public final class CodeCoverage extends Armed {
  private static final int EAGER = 256;

  private final List<Code> armed = new ArrayList<>();
  private final Map<Integer, List<Place>> lines = new HashMap<>();
  private final NavigableSet<Integer> reached = new TreeSet<>();
  private final IdentityHashMap<Code, Map<Integer, Jump>> jumps = new IdentityHashMap<>();
  private final NavigableSet<BranchOutcome> branches = new TreeSet<>();
  private final NavigableSet<BranchOutcome> taken = new TreeSet<>();
  private final List<Place> missed = new ArrayList<>();

  /** How often lines that were missed might have been armed again. */
  private long entered;

  private final Extent extent;
  private final List<Watch> watches = new ArrayList<>();

  /** An instruction. */
  private record Place(Code code, int pc) {}

  /** The ways on from a conditional jump. */
  private record Jump(BranchOutcome holds, BranchOutcome fails) {
    BranchOutcome outcome(boolean held) {
      return held ? holds : fails;
    }
  }

  /** Owned by the machine: one call that is watched, and what was first reached meanwhile. */
  public static final class Watch {
    // most calls find nothing new
    private Map<Integer, Place> lines = Map.of();
    private Map<BranchOutcome, Place> branches = Map.of();

    private Watch() {}

    private void reach(Integer line, Place place) {
      if (lines.isEmpty()) {
        lines = new HashMap<>();
      }
      lines.put(line, place);
    }

    private void take(BranchOutcome outcome, Place place) {
      if (branches.isEmpty()) {
        branches = new HashMap<>();
      }
      branches.put(outcome, place);
    }

    /** Whether a line or a way on was reached for the first time meanwhile. */
    public boolean foundNew() {
      return !lines.isEmpty() || !branches.isEmpty();
    }
  }

  /** What is armed. */
  public enum Extent {
    /** Lines alone: each costs something once, and nothing afterwards, whatever runs. */
    LINES,
    /** Lines, and conditional jumps, which cost at each passing until both ways were gone. */
    LINES_AND_BRANCHES
  }

  private CodeCoverage(Extent extent) {
    this.extent = extent;
  }

  /**
   * Arms all functions of the file that most of these are written in.
   *
   * @return null when none of them is Lua's, or coverage of their file is taken already
   */
  public static @Nullable CodeCoverage arm(List<LuaFunction> functions, Extent extent) {
    Map<Code, Integer> chunks = new LinkedHashMap<>();
    for (LuaFunction function : functions) {
      if (function instanceof BridgeClosure closure && closure.code.parent != null) {
        chunks.merge(Probes.chunk(closure.code), 1, Integer::sum);
      }
    }
    if (chunks.isEmpty()) {
      return null;
    }
    Code chunk = Collections.max(chunks.entrySet(), Map.Entry.comparingByValue()).getKey();
    CodeCoverage coverage = new CodeCoverage(extent);
    for (Code child : chunk.children) {
      if (child.coverage != null) {
        return null;
      }
      coverage.arm(child);
    }
    return coverage;
  }

  /** Whether coverage of a file is taken in which one of these is written. */
  public static boolean isTaken(Collection<LuaFunction> functions) {
    return functions.stream()
        .anyMatch(f -> f instanceof BridgeClosure closure && closure.code.coverage != null);
  }

  /** Whether a function is one of the file's. */
  public boolean covers(LuaFunction function) {
    return function instanceof BridgeClosure closure && closure.code.coverage == this;
  }

  private void arm(Code code) {
    code.text = code.ops.clone();
    code.coverage = this;
    armed.add(code);
    for (int pc = 0; pc < code.ops.length - 1; pc++) {
      if (Probes.beginsLine(code, pc)) {
        lines.computeIfAbsent(code.line(pc), _ -> new ArrayList<>(2)).add(new Place(code, pc));
        Probes.set(code, pc);
      }
      BranchOutcome.Kind kind = extent == Extent.LINES ? null : Probes.jump(code, pc);
      if (kind != null) {
        Jump jump = jump(code, pc, kind);
        jumps.computeIfAbsent(code, _ -> new HashMap<>()).put(pc, jump);
        branches.add(jump.holds());
        branches.add(jump.fails());
        Probes.set(code, pc);
      }
    }
    for (Code child : code.children) {
      arm(child);
    }
  }

  private Jump jump(Code code, int pc, BranchOutcome.Kind kind) {
    int index = branches.size() / 2;
    String subject = Conditional.subject(code, pc);
    return new Jump(
        new BranchOutcome(code.line(pc), index, kind, subject, true),
        new BranchOutcome(code.line(pc), index, kind, subject, false));
  }

  @Override
  int reached(LuaVm vm, Code code, int pc, LuaValue[] s) {
    Map<Integer, Jump> known = jumps.get(code);
    Jump jump = known == null ? null : known.get(pc);
    Place place = new Place(code, pc);
    if (jump == null) {
      code.ops[pc] = code.text[pc];
      if (watches.isEmpty()) {
        missed.add(place);
      } else {
        line(place);
      }
      return pc;
    }
    if (!watches.isEmpty()) {
      line(place);
    }
    boolean holds = Conditional.holds(vm, code, pc, s);
    if (!watches.isEmpty()) {
      branch(jump, holds, place);
    }
    return Conditional.next(code, pc, holds);
  }

  private void line(Place place) {
    int line = place.code().line(place.pc());
    List<Place> first = lines.get(line);
    if (first != null && first.contains(place) && reached.add(line)) {
      watches.forEach(watch -> watch.reach(line, place));
    }
  }

  private void branch(Jump jump, boolean holds, Place place) {
    BranchOutcome outcome = jump.outcome(holds);
    if (taken.add(outcome)) {
      watches.forEach(watch -> watch.take(outcome, place));
    }
    if (taken.contains(jump.outcome(!holds))) {
      place.code().ops[place.pc()] = place.code().text[place.pc()];
    }
  }

  /** A call is watched from now on, to its {@link #leave}. */
  public Watch enter() {
    Watch watch = new Watch();
    enter(watch);
    return watch;
  }

  /** As the former, for one of whom nobody asks what it finds: one watch is good for all then. */
  public void enter(Watch watch) {
    if (watches.isEmpty() && !missed.isEmpty() && mayRearm()) {
      missed.forEach(one -> Probes.set(one.code(), one.pc()));
      missed.clear();
    }
    watches.add(watch);
  }

  /**
   * A line that always runs while no call is watched would be armed for each call and be found
   * armed by all others. So where lines alone are watched, as they are for users' requests, it is
   * armed again before each of the first calls, and before one of so many later.
   */
  private boolean mayRearm() {
    return extent == Extent.LINES_AND_BRANCHES || entered++ < EAGER || entered % EAGER == 0;
  }

  /** A watched call has ended; what it found may be of one that ran at the same time. */
  public void leave(Watch watch) {
    watches.remove(watch);
  }

  /** Takes back what a watched call has found: it is no vector, and another one is to tell. */
  public void forget(Watch watch) {
    if (armed.isEmpty()) {
      return;
    }
    watch.lines.forEach((line, place) -> {
      reached.remove(line);
      lines.getOrDefault(line, List.of()).forEach(first -> Probes.set(first.code(), first.pc()));
    });
    watch.branches.forEach((outcome, place) -> {
      taken.remove(outcome);
      Probes.set(place.code(), place.pc());
    });
  }

  /** Puts all instructions back. */
  public void disarm() {
    for (Code code : armed) {
      Probes.restore(code);
    }
    armed.clear();
    missed.clear();
  }

  /** The lines of code, each with the first line of the function that it is in. */
  public Map<Integer, Integer> functions() {
    Map<Integer, Integer> functions = new HashMap<>();
    lines.forEach((line, places) -> functions.put(line, places.getFirst().code().firstLine));
    return functions;
  }

  /** What was reached so far. */
  public Coverage coverage() {
    return new Coverage(new TreeSet<>(lines.keySet()), reached, branches, taken);
  }
}
