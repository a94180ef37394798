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
  private static final int MAX_DEPTH = 16;

  private final int most;
  private int left;

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
    if (made != null && depth + made.depth() <= MAX_DEPTH) {
      spend(made.values());
      return made;
    }
    Making making = new Making(depth);
    int length = table.rawlen();
    for (int i = 1; i <= length; i++) {
      making.items.add(making.of(table.rawget(i)));
    }
    if (table instanceof Table own) {
      own.eachField(making::field);
    } else {
      for (Varargs entry = table.next(LuaValue.NIL); !entry.arg1().isnil(); ) {
        if (entry.arg1() instanceof LuaString key) {
          making.field(key, entry.arg(2));
        }
        entry = table.next(entry.arg1());
      }
    }
    return making.done(table);
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
    private final List<Table> below = new ArrayList<>();
    private int values;
    private int deepest;
    private boolean whole = true;

    Making(int depth) {
      this.depth = depth;
    }

    void field(LuaString key, LuaValue value) {
      fields.put(KnownTexts.latin1(key), of(value));
    }

    @Nullable Object of(LuaValue value) {
      spend(1);
      values++;
      if (!(value instanceof LuaTable inner)) {
        return JavaValues.toJava(value);
      }
      if (depth >= MAX_DEPTH) {
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
      Made made = new Made(CopiedView.owning(fields, items), values, deepest + 1);
      if (whole && table instanceof Table own) {
        TableImage.take(own, below, made);
      }
      return made;
    }
  }
}
