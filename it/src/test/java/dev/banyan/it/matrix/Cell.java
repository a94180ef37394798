package dev.banyan.it.matrix;

import dev.banyan.api.Mode;
import java.util.ArrayList;
import java.util.List;

/** One state of affairs: one module's flag, and what its port does; all others stay with Lua. */
record Cell(String module, Mode mode, Fault fault) {
  /** Every module in every mode with every fault. */
  static List<Cell> all(List<String> modules) {
    List<Cell> cells = new ArrayList<>();
    for (String module : modules) {
      for (Mode mode : Mode.values()) {
        for (Fault fault : Fault.values()) {
          cells.add(new Cell(module, mode, fault));
        }
      }
    }
    return cells;
  }
}
