package dev.banyan.lua.ffi;

import dev.banyan.lua.LuaErrors;
import dev.banyan.lua.LuaText;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** Owned by one machine: puts Lua's values into C's memory. */
final class Initializers {
  private final Conversions conversions;
  private final Cells cells;
  private final Compounds compounds;

  Initializers(Conversions conversions, Cells cells) {
    this.conversions = conversions;
    this.cells = cells;
    this.compounds = new Compounds(conversions, cells);
  }

  /** A new value of a type, of {@code size} bytes, from the arguments that follow. */
  LuaValue create(CType type, long size, Varargs args, int first) {
    int count = args.narg() - first + 1;
    if (type.isAggregate()) {
      ValueData value = ValueData.owning(type, size);
      if (count > 0) {
        initialize(value, args, first, count);
      }
      return value;
    }
    if (count > 1) {
      throw tooMany(type);
    }
    if (count == 1) {
      return conversions.scalar(type, args.arg(first), false);
    }
    return type.is(CType.Kind.POINTER) ? PointerData.nullPointer(type) : Conversions.boxed(type, 0);
  }

  private void initialize(ValueData value, Varargs args, int first, int count) {
    CType type = value.ctype();
    LuaValue only = args.arg(first);
    if (count == 1 && (type.isCompound() || isWhole(type, only))) {
      assign(type, value.memory, 0, value.size, only);
    } else if (type.isRow()) {
      if (count * type.element().size() > value.size) {
        throw tooMany(type);
      }
      elements(type, value.memory, 0, value.size, args, first);
      if (count == 1) {
        repeat(type.element().size(), value);
      }
    } else {
      StructFiller filler = new StructFiller(value.memory, value.size);
      for (int i = first; i <= args.narg(); i++) {
        if (!filler.next(type.body(), args.arg(i))) {
          throw tooMany(type);
        }
      }
    }
  }

  /** Whether a single value stands for the whole. */
  private static boolean isWhole(CType type, LuaValue value) {
    if (type.isCompound() && Compounds.fits(type, value)) {
      return true;
    }
    return value instanceof LuaTable
        || (value instanceof LuaString && type.is(CType.Kind.ARRAY))
        || (value instanceof ValueData v && v.ctype().plain().same(type.plain()));
  }

  /** Assigns to a place of a type with {@code room} bytes. */
  void assign(CType type, Memory memory, long offset, long room, LuaValue value) {
    if (type.is(CType.Kind.POINTER)) {
      cells.store(conversions.pointer(type, value, false, 0), memory, offset);
    } else if (!type.isAggregate()) {
      if (type.size() == CType.NO_SIZE) {
        throw LuaErrors.raise(Memory.NO_SIZE);
      }
      cells.store(type, memory, offset, conversions.bits(type, value, false, 0));
    } else if (!isWhole(type, value)) {
      throw Conversions.failure(value, type, 0);
    } else if (type.isCompound() && Compounds.fits(type, value)) {
      compounds.assign(type, memory, offset, value);
    } else if (value instanceof ValueData from) {
      memory.copy(offset, from.memory, from.offset, Math.min(room, from.size));
    } else if (value instanceof LuaString s) {
      if (!type.isText()) {
        throw Conversions.failure(value, type, 0);
      }
      memory.copy(offset, Memory.of(s), 0, Math.min(room, s.m_length + 1L));
    } else {
      table(type, memory, offset, room, (LuaTable) value);
    }
  }

  private void assign(CField field, Memory memory, long base, long room, LuaValue value) {
    long offset = base + field.offset();
    if (field.isBits()) {
      cells.store(field, memory, offset, conversions.bits(field.type(), value, false, 0));
    } else {
      long size = field.type().size();
      assign(field.type(), memory, offset, size < 0 ? room - field.offset() : size, value);
    }
  }

  /** Assigns to a member; {@code room} is its owner's size. */
  void assignField(CField field, ValueData owner, LuaValue value) {
    assign(field, owner.memory, owner.offset, owner.size, value);
  }

  private void table(CType type, Memory memory, long offset, long room, LuaTable table) {
    int first = table.rawget(0).isnil() ? 1 : 0;
    if (type.isRow()) {
      int count = 0;
      while (!table.rawget(first + count).isnil()) {
        count++;
      }
      LuaValue[] items = new LuaValue[count];
      for (int i = 0; i < count; i++) {
        items[i] = table.rawget(first + i);
      }
      elements(type, memory, offset, room, LuaValue.varargsOf(items), 1);
      if (count == 1 && type.count > 0) {
        repeat(type.element().size(), ValueData.within(type, memory, offset));
      }
    } else if (table.rawget(first).isnil()) {
      named(type.body(), memory, offset, room, table);
    } else {
      StructFiller filler = new StructFiller(memory, offset, room);
      for (int i = first; !table.rawget(i).isnil(); i++) {
        if (!filler.next(type.body(), table.rawget(i))) {
          return;
        }
      }
    }
  }

  private void named(CBody body, Memory memory, long base, long room, LuaTable table) {
    for (CField field : body.fields()) {
      if (field.name().isEmpty()) {
        if (field.type().is(CType.Kind.STRUCT)) {
          named(field.type().body(), memory, base + field.offset(), room, table);
        }
        continue;
      }
      LuaValue value = table.rawget(LuaText.of(field.name()));
      if (!value.isnil()) {
        assign(field, memory, base, room, value);
      }
    }
  }

  private void elements(
      CType type, Memory memory, long offset, long room, Varargs items, int first) {
    CType element = type.element();
    long size = element.size();
    long at = 0;
    for (int i = first; i <= items.narg(); i++) {
      if (at + size > room) {
        throw tooMany(type);
      }
      assign(element, memory, offset + at, size, items.arg(i));
      at += size;
    }
  }

  /** A single value is that of all elements. */
  private static void repeat(long size, ValueData array) {
    for (long at = size; size > 0 && at + size <= array.size; at += size) {
      array.memory.copy(array.offset + at, array.memory, array.offset, size);
    }
  }

  private static LuaError tooMany(CType type) {
    return LuaErrors.raise("too many initializers for '" + type.inErrors() + "'");
  }

  /** Owned by one call: gives a struct's members their values in turn. */
  private final class StructFiller {
    private final Memory memory;
    private final long base;
    private final long room;
    private int done;

    StructFiller(Memory memory, long room) {
      this(memory, 0, room);
    }

    StructFiller(Memory memory, long base, long room) {
      this.memory = memory;
      this.base = base;
      this.room = room;
    }

    /** Gives a value to the next member; false when there is none. */
    boolean next(CBody body, LuaValue value) {
      int[] left = {done++};
      return place(body, base, left, value);
    }

    private boolean place(CBody body, long at, int[] left, LuaValue value) {
      for (CField field : body.fields()) {
        if (field.name().isEmpty()) {
          if (field.type().is(CType.Kind.STRUCT)
              && place(field.type().body(), at + field.offset(), left, value)) {
            return true;
          }
        } else if (left[0]-- == 0) {
          assign(field, memory, at, room, value);
          return true;
        }
        if (body.isUnion()) {
          break;
        }
      }
      return false;
    }
  }
}
