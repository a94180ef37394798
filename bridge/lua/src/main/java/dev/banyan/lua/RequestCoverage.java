package dev.banyan.lua;

import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * Of one machine, whose thread alone arms and disarms; otherwise thread-safe, since handlers' code
 * is shared by all workers: which marked requests reach which code for the first time.
 *
 * <p>Covered are the files of the functions that loaded modules hold, and the handlers' own code. A
 * line is told of the first request that runs it. Of a conditional jump, each way on is told of all
 * requests that take it until the next {@link #take}: so whatever runs at the same time, the same
 * requests are told of.
 */
public final class RequestCoverage extends Armed {
  /** The most requests that one place is told of: those whose marks come first in order. */
  public static final int MOST_MARKS = 32;

  private static final int LONGEST_FILE = 200;
  private static final int LONGEST_WORD = 100;

  private final MarkSource marks;
  private final List<Code> armed = new ArrayList<>();
  private final Set<Code> chunks = Collections.newSetFromMap(new IdentityHashMap<>());
  private final IdentityHashMap<Code, Map<Integer, Jump>> jumps = new IdentityHashMap<>();
  private final Set<String> lines = new HashSet<>();
  private final Set<String> ways = new HashSet<>();
  private final Set<String> taken = new TreeSet<>();
  private final Map<String, NavigableSet<String>> heard = new TreeMap<>();
  private final List<Spot> missed = new ArrayList<>();
  private int loaded = -1;

  /** Tells requests apart. */
  @FunctionalInterface
  public interface MarkSource {
    /** The mark of the request that a machine runs Lua for now; null for one without. */
    @Nullable String mark(LuaVm vm);
  }

  /** An instruction. */
  private record Spot(Code code, int pc) {}

  /** The names of both ways on from a conditional jump. */
  private record Jump(String holds, String fails) {}

  /**
   * Immutable: what was reached.
   *
   * @param places each place that was reached since it was asked last, with the marks of requests
   *     that did: {@code FILE:LINE}, and {@code FILE:LINE/N+} or {@code -} for a way on from the
   *     file's Nth conditional jump
   * @param lines all lines that hold code
   * @param ways all ways on from conditional jumps
   * @param functions all functions that are covered
   * @param leftOut files of which somebody else takes coverage now
   */
  public record Reached(
      Map<String, NavigableSet<String>> places,
      Set<String> lines,
      Set<String> ways,
      List<Function> functions,
      Set<String> leftOut) {}

  /**
   * Immutable: one function.
   *
   * @param first its first line
   * @param ways all ways on from its conditional jumps
   * @param words the texts that stand in it, in the order of its code
   */
  public record Function(String first, Set<String> ways, List<String> words) {}

  /** Of no code yet. */
  public RequestCoverage(MarkSource marks) {
    this.marks = marks;
  }

  /**
   * Arms what is not armed yet; on the machine's thread.
   *
   * @param hidden functions that no loaded module holds since something stands in their place
   * @param handlers code of handlers, whose own level runs for requests
   * @return files of which somebody else takes coverage
   */
  public synchronized Set<String> arm(
      LuaVm vm, Supplier<List<LuaFunction>> hidden, Collection<Chunk> handlers) {
    Set<String> leftOut = new TreeSet<>();
    for (Chunk handler : handlers) {
      arm(handler.main, true, leftOut);
    }
    int now = size(vm.modules().loaded());
    if (now != loaded) {
      loaded = now;
      List<LuaFunction> functions = new ArrayList<>(FunctionPlaces.reachable(vm).values());
      functions.addAll(hidden.get());
      for (LuaFunction function : functions) {
        if (function instanceof BridgeClosure closure && closure.code.parent != null) {
          arm(Probes.chunk(closure.code), false, leftOut);
        }
      }
    }
    return leftOut;
  }

  private static int size(LuaTable table) {
    int size = 0;
    for (Varargs entry = table.next(LuaValue.NIL); !entry.arg1().isnil(); size++) {
      entry = table.next(entry.arg1());
    }
    return size;
  }

  private void arm(Code chunk, boolean itself, Set<String> leftOut) {
    if (chunks.contains(chunk)) {
      return;
    }
    Armed other = taker(chunk);
    if (other != null) {
      if (!(other instanceof RequestCoverage)) {
        leftOut.add(file(chunk)); // otherwise another worker hears of it
      }
      loaded = -1; // looked at again
      return;
    }
    chunks.add(chunk);
    int[] count = {0};
    if (itself) {
      arm(chunk, count);
    }
    for (Code child : chunk.children) {
      armAll(child, count);
    }
  }

  private static @Nullable Armed taker(Code chunk) {
    Armed taker = chunk.coverage;
    for (Code child : chunk.children) {
      taker = taker == null ? child.coverage : taker;
    }
    return taker;
  }

  private void armAll(Code code, int[] count) {
    arm(code, count);
    for (Code child : code.children) {
      armAll(child, count);
    }
  }

  private void arm(Code code, int[] count) {
    code.text = code.ops.clone();
    code.coverage = this;
    VarHandle.releaseFence(); // before an armed instruction is seen
    armed.add(code);
    Map<Integer, Jump> own = new HashMap<>();
    jumps.put(code, own);
    for (int pc = 0; pc < code.ops.length - 1; pc++) {
      boolean first = Probes.beginsLine(code, pc);
      boolean jump = Probes.jump(code, pc) != null;
      if (first) {
        lines.add(line(code, pc));
      }
      if (jump) {
        String name = line(code, pc) + "/" + ++count[0];
        own.put(pc, new Jump(name + "+", name + "-"));
        ways.add(name + "+");
        ways.add(name + "-");
      }
      if (first || jump) {
        Probes.set(code, pc);
      }
    }
  }

  private static String line(Code code, int pc) {
    return file(code) + ":" + code.line(pc);
  }

  private static String file(Code code) {
    String name =
        code.source.replaceFirst("^[@=]", "").replaceAll("[\\r\\n]+", " ").replaceAll("//+", "/");
    return name.length() > LONGEST_FILE ? name.substring(0, LONGEST_FILE) : name;
  }

  @Override
  int reached(LuaVm vm, Code code, int pc, LuaValue[] s) {
    String mark = marks.mark(vm);
    Jump jump = line(code, pc, mark);
    if (jump == null) {
      return pc;
    }
    boolean holds = Conditional.holds(vm, code, pc, s); // may call Lua, which may wait
    if (mark != null) {
      way(jump, holds, mark, new Spot(code, pc));
    }
    return Conditional.next(code, pc, holds);
  }

  /** Notes a line where one begins; answers the jump that stands there. */
  private synchronized @Nullable Jump line(Code code, int pc, @Nullable String mark) {
    Jump jump = jumps.getOrDefault(code, Map.of()).get(pc);
    if (jump == null) {
      code.ops[pc] = code.text[pc];
    }
    if (mark == null) {
      if (jump == null) {
        missed.add(new Spot(code, pc));
      }
    } else if (Probes.beginsLine(code, pc)) {
      String place = line(code, pc);
      if (!taken.contains(place)) {
        note(place, mark);
      }
    }
    return jump;
  }

  private synchronized void way(Jump jump, boolean holds, String mark, Spot spot) {
    String place = holds ? jump.holds() : jump.fails();
    if (!taken.contains(place)) {
      note(place, mark);
    } else if (taken.contains(holds ? jump.fails() : jump.holds())) {
      spot.code().ops[spot.pc()] = spot.code().text[spot.pc()];
    }
  }

  private void note(String place, String mark) {
    NavigableSet<String> told = heard.computeIfAbsent(place, _ -> new TreeSet<>());
    told.add(mark);
    if (told.size() > MOST_MARKS) {
      told.pollLast();
    }
  }

  /**
   * What was reached since the last time; on the machine's thread, as {@link #arm}.
   *
   * @param seen what any machine has reached before: it is not waited for any more
   */
  public synchronized Reached take(Set<String> leftOut, Set<String> seen) {
    taken.addAll(seen);
    heard.keySet().removeAll(seen);
    Map<String, NavigableSet<String>> places = new TreeMap<>(heard);
    taken.addAll(heard.keySet());
    heard.clear();
    missed.forEach(spot -> Probes.set(spot.code(), spot.pc()));
    missed.clear();
    return new Reached(
        places,
        Set.copyOf(lines),
        Set.copyOf(ways),
        armed.stream().map(this::function).toList(),
        Set.copyOf(leftOut));
  }

  private Function function(Code code) {
    Set<String> own = new TreeSet<>();
    jumps
        .getOrDefault(code, Map.of())
        .values()
        .forEach(jump -> own.addAll(List.of(jump.holds(), jump.fails())));
    List<String> words = new ArrayList<>();
    for (LuaValue constant : code.k) {
      if (constant instanceof LuaString text && text.length() <= LONGEST_WORD) {
        words.add(LuaText.latin1(text));
      }
    }
    return new Function(line(code, 0), own, words);
  }

  /** Puts all instructions back. */
  public synchronized void disarm() {
    armed.forEach(Probes::restore);
    armed.clear();
    missed.clear();
    chunks.clear();
  }
}
