package dev.banyan.lua;

import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaInteger;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * Owned by one worker's {@link LuaVm}: a Lua table that sizes its array part and finds its border
 * as LuaJIT does, and iterates its hash part in the order of insertion.
 *
 * <p>Every table that Lua code creates is one of these; natives create them too. Keys whose value
 * became nil stay in place until the hash part grows, so that clearing fields during a traversal is
 * safe. {@code rawget} and {@code rawset} never see the metatable, {@code get} and {@code set} do.
 */
@SuppressWarnings("ReferenceEquality")
public final class Table extends TableParts {
  @Nullable LuaTable meta;

  /** Creates an empty table. */
  public Table() {}

  /** Creates an empty table with room for {@code items} list items and {@code fields} others. */
  public Table(int items, int fields) {
    presize(items, fields);
  }

  /** Creates a list of the given values. */
  public static Table list(Varargs values) {
    Table table = new Table();
    table.setList(0, values, values.narg());
    return table;
  }

  @Override
  public LuaValue get(LuaValue key) {
    LuaValue value = rawget(key);
    return value.isnil() && meta != null ? Semantics.index(LuaVm.current(), this, key) : value;
  }

  @Override
  public LuaValue get(int key) {
    LuaValue value = getInt(key);
    return value.isnil() && meta != null
        ? Semantics.index(LuaVm.current(), this, LuaInteger.valueOf(key))
        : value;
  }

  @Override
  public LuaValue get(String key) {
    return get(InternedStrings.of(key));
  }

  @Override
  public void set(LuaValue key, LuaValue value) {
    if (meta == null) {
      rawset(key, value);
    } else {
      Semantics.setIndex(LuaVm.current(), this, key, value);
    }
  }

  @Override
  public void set(int key, LuaValue value) {
    if (meta == null) {
      setInt(key, value);
    } else {
      set(LuaInteger.valueOf(key), value);
    }
  }

  @Override
  public void set(String key, LuaValue value) {
    set(InternedStrings.of(key), value);
  }

  @Override
  public LuaValue len() {
    return LuaInteger.valueOf(length());
  }

  @Override
  public int keyCount() {
    int count = 0;
    for (int slot = slotFrom(0); slot >= 0; slot = slotFrom(slot + 1)) {
      count++;
    }
    return count;
  }

  @Override
  public LuaValue[] keys() {
    LuaValue[] keys = new LuaValue[keyCount()];
    int i = 0;
    for (int slot = slotFrom(0); slot >= 0; slot = slotFrom(slot + 1)) {
      keys[i++] = keyAt(slot);
    }
    return keys;
  }

  @Override
  public Varargs next(LuaValue key) {
    int slot = slotAfter(key);
    return slot < 0 ? NIL : varargsOf(keyAt(slot), valueAt(slot));
  }

  @Override
  public Varargs inext(LuaValue key) {
    int index = key.checkint() + 1;
    LuaValue value = getInt(index);
    return value.isnil() ? NONE : varargsOf(LuaInteger.valueOf(index), value);
  }

  // ---- metatable

  /** Whether a new key is just stored, no {@code __newindex} being there. */
  boolean storesPlainly() {
    LuaTable metatable = meta;
    return metatable == null || Tags.of(metatable, Tags.NEWINDEX).isnil();
  }

  @Override
  public @Nullable LuaValue getmetatable() {
    return meta;
  }

  @Override
  public LuaValue setmetatable(@Nullable LuaValue metatable) {
    forgetImage();
    meta = metatable == null || metatable.isnil() ? null : metatable.checktable();
    holdBy(WeakMode.of(meta));
    return this;
  }

  // ---- list operations

  @Override
  public void insert(int position, LuaValue value) {
    int length = length();
    if (position <= 0) {
      setInt(length + 1, value);
      return;
    }
    for (int i = length; i >= position; i--) {
      setInt(i + 1, getInt(i));
    }
    setInt(position, value);
  }

  @Override
  public LuaValue remove(int position) {
    int length = length();
    if (length == 0) {
      return NIL;
    }
    if (position == 0) {
      LuaValue last = getInt(length);
      setInt(length, NIL);
      return last;
    }
    if (position < 1 || position > length) {
      return NIL;
    }
    LuaValue removed = getInt(position);
    moveDown(position, length);
    return removed;
  }

  @Override
  public Varargs unpack() {
    return unpack(1, length());
  }

  @Override
  public Varargs unpack(int from) {
    return unpack(from, length());
  }

  @Override
  public Varargs unpack(int from, int to) {
    if (from > to) {
      return NONE;
    }
    LuaValue[] values = new LuaValue[to - from + 1];
    for (int i = 0; i < values.length; i++) {
      values[i] = getInt(from + i);
    }
    return varargsOf(values);
  }

  @Override
  public LuaValue eq(LuaValue other) {
    return valueOf(eq_b(other));
  }

  @Override
  public boolean eq_b(LuaValue other) {
    return this == other || Semantics.equal(LuaVm.current(), this, other);
  }
}
