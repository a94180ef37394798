package dev.banyan.lua.seam;

import dev.banyan.api.View;
import dev.banyan.lua.KnownTexts;
import dev.banyan.lua.Table;
import dev.banyan.lua.TableImage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * Owned by its machine's thread: copies a Lua table and what is in it, once for as long as nothing
 * of it changes: modules that are handed the same table are given the same copy.
 */
final class TableCopy {
  /** From this depth on, a table that is already being copied is not copied into itself again. */
  private static final int UNROLLED = 16;

  private final int most;
  private int left;
  private final List<LuaTable> above = new ArrayList<>();

  private TableCopy(int most) {
    this.most = most;
    this.left = most;
  }

  /** What a copy is good for elsewhere: how many values it took, and how deep it goes. */
  static final class Made {
    private final CopiedView view;
    private final int values;
    private final int depth;
    private @Nullable Object whole;

    private Made(CopiedView view, int values, int depth) {
      this.view = view;
      this.values = values;
      this.depth = depth;
    }

    CopiedView view() {
      return view;
    }

    int values() {
      return values;
    }

    /** The tables below each other, itself included. */
    int depth() {
      return depth;
    }

    /** The same table as {@link PlainCopy} has it; null when it never had it whole. */
    @Nullable Object whole() {
      return whole;
    }

    /** Remembers that, for as long as this copy is good. */
    void whole(Object copy) {
      whole = copy;
    }
  }

  /**
   * Copies, bounded in depth.
   *
   * @throws IllegalStateException when there are more values than {@code most}
   */
  static View of(LuaTable table, int most) {
    Made made = made(table);
    return made != null && made.values() <= most
        ? made.view()
        : new TableCopy(most).copy(table, 0).view();
  }

  /** The copy that is good still; null when there is none. */
  static @Nullable Made made(LuaTable table) {
    TableImage image = table instanceof Table own ? own.image() : null;
    return image != null && image.made() instanceof Made made ? made : null;
  }

  private Made copy(LuaTable table, int depth) {
    Made made = made(table);
    if (made != null && depth + made.depth() <= Plain.MAX_DEPTH) {
      spend(made.values());
      return made;
    }
    Making making = new Making(depth);
    above.add(table);
    int length = table.rawlen();
    for (int i = 1; i <= length; i++) {
      making.items.add(making.of(table.rawget(i)));
    }
    if (table instanceof Table own) {
      own.eachBeyond(length, making::entry);
    } else {
      for (Varargs entry = table.next(LuaValue.NIL); !entry.arg1().isnil(); ) {
        LuaValue key = entry.arg1();
        if (key.type() != LuaValue.TNUMBER || !TableView.isPosition(key.todouble(), length)) {
          making.entry(key, entry.arg(2));
        }
        entry = table.next(key);
      }
    }
    above.removeLast();
    return making.done(table);
  }

  @SuppressWarnings("ReferenceEquality") // the same table, whatever it says of itself
  private boolean isAbove(LuaTable table) {
    for (LuaTable other : above) {
      if (other == table) {
        return true;
      }
    }
    return false;
  }

  private void spend(int values) {
    left -= values;
    if (left < 0) {
      throw new IllegalStateException(
          "a table holds more than " + most + " values, too many to copy for a shadowed call");
    }
  }

  /** Owned by the copy: one table under way. */
  private final class Making {
    private final int depth;
    private final Map<String, @Nullable Object> fields = new HashMap<>();
    private final List<@Nullable Object> items = new ArrayList<>();
    private Map<Object, @Nullable Object> others = Map.of();
    private final List<Table> below = new ArrayList<>();
    private int values;
    private int deepest;
    private boolean whole = true;

    Making(int depth) {
      this.depth = depth;
    }

    void entry(LuaValue key, LuaValue value) {
      if (key instanceof LuaString name) {
        fields.put(KnownTexts.latin1(name), of(value));
      } else if (key.type() == LuaValue.TNUMBER || key.isboolean()) {
        if (others.isEmpty()) {
          others = new HashMap<>();
        }
        others.put(key.isboolean() ? key.toboolean() : key.todouble(), of(value));
      }
    }

    @Nullable Object of(LuaValue value) {
      spend(1);
      values++;
      if (!(value instanceof LuaTable inner)) {
        return JavaValues.toJava(value);
      }
      if (depth >= UNROLLED && (depth >= Plain.MAX_DEPTH || isAbove(inner))) {
        whole = false;
        return null;
      }
      Made made = copy(inner, depth + 1);
      values += made.values();
      deepest = Math.max(deepest, made.depth());
      if (inner instanceof Table own) {
        below.add(own);
      } else {
        whole = false;
      }
      return made.view();
    }

    Made done(LuaTable table) {
      Made made = new Made(CopiedView.owning(fields, items, others), values, deepest + 1);
      if (whole && table instanceof Table own) {
        TableImage.take(own, below, made);
      }
      return made;
    }
  }
}
