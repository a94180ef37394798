package dev.banyan.lua.seam;

import dev.banyan.lua.CodeCoverage;
import dev.banyan.lua.CodeCoverage.Extent;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaFunction;

/**
 * Owned by its machine's thread: which lines of a module shadowed calls have reached, since the
 * module was loaded. A line costs something once; a call costs a look at whether one is new.
 */
public final class ShadowedLines {
  private final Collection<LuaFunction> functions;
  private final Map<Integer, Integer> known = new HashMap<>();
  private final NavigableSet<Integer> reached = new TreeSet<>();
  private @Nullable CodeCoverage armed;
  private CodeCoverage.@Nullable Watch watch;
  private State state = State.UNBEGUN;

  private enum State {
    UNBEGUN,
    ARMED,
    SUSPENDED,
    IMPOSSIBLE
  }

  /** Of the file in which these are written. */
  ShadowedLines(Collection<LuaFunction> functions) {
    this.functions = functions;
  }

  /**
   * Immutable, for any thread: lines that were, and were not, reached.
   *
   * @param functions each line of code, with the first line of its function
   * @param reached those that a shadowed call has run
   */
  public record Lines(Map<Integer, Integer> functions, NavigableSet<Integer> reached) {
    /** None is known. */
    public static final Lines NONE = new Lines(Map.of(), new TreeSet<>());

    /** Copies both. */
    public Lines {
      functions = Map.copyOf(functions);
      reached = new TreeSet<>(reached);
    }

    /** What this worker or that one has seen. */
    public Lines and(Lines other) {
      Map<Integer, Integer> all = new HashMap<>(functions);
      all.putAll(other.functions);
      NavigableSet<Integer> both = new TreeSet<>(reached);
      both.addAll(other.reached);
      return new Lines(all, both);
    }
  }

  /** A shadowed call begins; answers what {@link #leave} takes, or null while nothing is heard. */
  CodeCoverage.@Nullable Watch enter() {
    if (state == State.UNBEGUN) {
      begin();
    }
    if (armed == null) {
      return null;
    }
    if (watch == null) {
      watch = armed.enter();
    } else {
      armed.enter(watch);
    }
    return watch;
  }

  /** It has ended. */
  void leave(CodeCoverage.@Nullable Watch entered) {
    if (entered != null && armed != null) {
      armed.leave(entered);
    }
  }

  private void begin() {
    if (CodeCoverage.isTaken(functions)) {
      return; // by somebody who gives it back
    }
    armed = CodeCoverage.arm(List.copyOf(functions), Extent.LINES);
    watch = null;
    state = armed == null ? State.IMPOSSIBLE : State.ARMED;
  }

  /** Somebody else takes coverage of the same file. */
  void suspend() {
    if (armed != null) {
      keep(armed);
      armed.disarm();
      armed = null;
      state = State.SUSPENDED;
    }
  }

  /** Nobody does any more. */
  void resume() {
    if (state == State.SUSPENDED) {
      state = State.UNBEGUN;
    }
  }

  private void keep(CodeCoverage coverage) {
    known.putAll(coverage.functions());
    reached.addAll(coverage.coverage().reached());
  }

  /** What was reached so far. */
  public Lines lines() {
    if (armed != null) {
      keep(armed);
    }
    return new Lines(known, reached);
  }
}
