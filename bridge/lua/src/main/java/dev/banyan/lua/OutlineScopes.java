package dev.banyan.lua;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Owned by one reading of an outline: the blocks and tables that are open, and whose names count.
 */
final class OutlineScopes {
  private final Set<String> moduleLocals = new HashSet<>();
  private final Map<String, String> aliases = new HashMap<>();
  private final Deque<Block> blocks = new ArrayDeque<>();
  private final Deque<String> tables = new ArrayDeque<>();

  /**
   * A block that {@code end} or {@code until} closes.
   *
   * @param function the number of the function that it is in
   * @param opens whether it is that function's own body, which ends with it
   * @param tables how many tables are open around it
   */
  record Block(int function, boolean opens, int tables, Set<String> locals) {}

  boolean atTop() {
    return blocks.isEmpty();
  }

  /** The number of the function whose body is being read. */
  int function() {
    return blocks.isEmpty() ? LuaOutline.MAIN : blocks.getFirst().function();
  }

  void open(int function, boolean opens, Set<String> locals) {
    blocks.push(new Block(function, opens, tables.size(), new HashSet<>(locals)));
  }

  /** The block that ends; null when none is open. */
  @Nullable Block close() {
    return blocks.poll();
  }

  void openTable(String name) {
    tables.push(name);
  }

  void closeTable() {
    tables.poll();
  }

  /** Whether a table is open within the innermost block. */
  boolean inTable() {
    return tables.size() > (blocks.isEmpty() ? 0 : blocks.getFirst().tables());
  }

  /** The name of the innermost table that is open in this block; empty for none. */
  String table() {
    return inTable() ? tables.getFirst() : "";
  }

  /** A local variable from here on. */
  void declare(String name) {
    if (blocks.isEmpty()) {
      moduleLocals.add(name);
    } else {
      blocks.getFirst().locals().add(name);
    }
    aliases.remove(name);
  }

  /** Whether a name is one of the functions' around here. */
  boolean inFunction(String name) {
    return blocks.stream().anyMatch(block -> block.locals().contains(name));
  }

  /** Whether a name is neither a local variable of the chunk nor stands for something else. */
  boolean isGlobal(String name) {
    return !moduleLocals.contains(name) && !aliases.containsKey(name);
  }

  /** What a name stands for: itself, or what was assigned to the local variable. */
  String meaning(String name) {
    return aliases.getOrDefault(name, name);
  }

  void alias(Map<String, String> meanings) {
    aliases.putAll(meanings);
  }

  void forget(Set<String> names) {
    names.forEach(aliases::remove);
  }
}
