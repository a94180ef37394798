package dev.banyan.cli.battery;

import java.util.EnumMap;
import java.util.Map;

/** Owned by one battery: how often each thing came of the inputs of one kind. */
public final class Tally {
  private final Map<Fate, Integer> counts = new EnumMap<>(Fate.class);

  /** What came of one input. */
  public enum Fate {
    /** Both answered alike. */
    ALIKE("alike"),
    /** Both failed: Lua raised an error, and so did the port, or it left the call to Lua. */
    BOTH_FAIL("both fail"),
    /** They answered in two ways. */
    DIFFER("differ"),
    /** Lua raised an error where the port answers. */
    ONLY_LUA_FAILS("only Lua fails"),
    /** The port failed where Lua answers. */
    PORT_FAILS("only port fails"),
    /** The port left it to Lua, which answers. */
    LEFT_TO_LUA("left to Lua"),
    /** Lua could not be given it, or what came can't be compared. */
    NOT_COMPARED("not compared");

    private final String label;

    Fate(String label) {
      this.label = label;
    }

    /** In words. */
    public String label() {
      return label;
    }
  }

  void add(Fate fate) {
    counts.merge(fate, 1, Integer::sum);
  }

  /** How many came to this. */
  public int of(Fate fate) {
    return counts.getOrDefault(fate, 0);
  }

  /** How many there were. */
  public int total() {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }
}
