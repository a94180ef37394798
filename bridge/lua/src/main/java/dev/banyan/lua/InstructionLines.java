package dev.banyan.lua;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.luaj.vm2.Lua;
import org.luaj.vm2.Prototype;

/**
 * Owned by one check: the lines on which LuaJIT says that one function's calls and operations fail,
 * where LuaJ's compiler has the lines on which they begin. Per kind they are in the order in which
 * both compilers emit them.
 */
final class InstructionLines {
  private final Map<Integer, List<Integer>> lines = new HashMap<>();
  private final List<InstructionLines> inner = new ArrayList<>();

  /** Those of a function within, of which the next is about to be read. */
  InstructionLines within() {
    InstructionLines next = new InstructionLines();
    inner.add(next);
    return next;
  }

  /** Notes an operation that was read. */
  void add(int opcode, int line) {
    lines.computeIfAbsent(opcode, fresh -> new ArrayList<>()).add(line);
  }

  /** Moves the operation of a kind that was noted last to another line. */
  void moveLast(int opcode, int line) {
    List<Integer> known = lines.getOrDefault(opcode, List.of());
    if (!known.isEmpty()) {
      known.set(known.size() - 1, line);
    }
  }

  /** Sets a function's lines and those within; kinds of which another number was emitted stay. */
  void apply(Prototype function) {
    Map<Integer, Integer> emitted = new HashMap<>();
    for (int code : function.code) {
      emitted.merge(kind(code), 1, Integer::sum);
    }
    Map<Integer, Integer> next = new HashMap<>();
    for (int at = 0; at < function.code.length; at++) {
      int kind = kind(function.code[at]);
      List<Integer> known = lines.getOrDefault(kind, List.of());
      if (known.size() == emitted.getOrDefault(kind, 0)) {
        function.lineinfo[at] = known.get(next.merge(kind, 1, Integer::sum) - 1);
      }
    }
    for (int i = 0; i < inner.size() && inner.size() == function.p.length; i++) {
      inner.get(i).apply(function.p[i]);
    }
  }

  private static int kind(int code) {
    int opcode = Lua.GET_OPCODE(code);
    return opcode == Lua.OP_TAILCALL ? Lua.OP_CALL : opcode;
  }
}
