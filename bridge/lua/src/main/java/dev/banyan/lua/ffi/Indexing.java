package dev.banyan.lua.ffi;

import dev.banyan.lua.CData;
import dev.banyan.lua.Int64;
import dev.banyan.lua.LuaErrors;
import dev.banyan.lua.LuaNumbers;
import dev.banyan.lua.LuaText;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaInteger;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/** Owned by one machine: reads and writes elements and members. */
final class Indexing {
  private static final LuaString REAL = LuaText.of("re");
  private static final LuaString IMAGINARY = LuaText.of("im");

  private final FfiState state;
  private final Handlers handlers;

  Indexing(FfiState state, Handlers handlers) {
    this.state = state;
    this.handlers = handlers;
  }

  LuaValue get(LuaValue first, LuaValue key) {
    LuaValue object = first;
    for (int i = 0; ; i++) {
      Handlers.checkSteps(i);
      LuaValue own = own(object, key);
      if (own != null) {
        return own;
      }
      LuaValue handler = state.metamethod(object, Events.INDEX);
      if (handler.isnil()) {
        throw failure(object, key);
      }
      Handlers.Place place = handlers.follow(handler, object, Events.INDEX, key);
      if (place.end() instanceof LuaFunction f) {
        return f.call(place.owner(), key);
      }
      if (place.end() instanceof LuaTable table) {
        LuaValue value = table.rawget(key);
        if (value.isnil()) {
          throw failure(object, key);
        }
        return value;
      }
      object = place.end();
    }
  }

  /** A member, a constant or an element; null where a metatype may help. */
  private @Nullable LuaValue own(LuaValue object, LuaValue key) {
    if (!(key instanceof LuaString name)) {
      CType element = element(object, key);
      return element == null ? null : loadElement(object, element, index(key));
    }
    CBody body = struct(object);
    if (body == null) {
      return part(object, name);
    }
    CField field = object instanceof TypeData ? null : body.field(name);
    if (field != null) {
      return load(object, field);
    }
    Long constant = body.constant(LuaText.latin1(name));
    return constant == null ? null : LuaNumbers.of((long) constant);
  }

  /** A part of a complex number, or what a pointer to a function can do. */
  private @Nullable LuaValue part(LuaValue object, LuaString name) {
    if (object instanceof ValueData v && v.ctype().is(CType.Kind.COMPLEX)) {
      int part = partNamed(name);
      return part < 0 ? null : LuaNumbers.of(v.part(part));
    }
    return object instanceof PointerData p && p.ctype().element().is(CType.Kind.FUNCTION)
        ? state.callbacks.method(name)
        : null;
  }

  private static int partNamed(LuaString name) {
    return name.equals(REAL) ? 0 : name.equals(IMAGINARY) ? 1 : -1;
  }

  void set(LuaValue first, LuaValue key, LuaValue value) {
    LuaValue object = first;
    for (int i = 0; ; i++) {
      Handlers.checkSteps(i);
      if (setOwn(object, key, value)) {
        return;
      }
      LuaValue handler = state.metamethod(object, Events.NEWINDEX);
      if (handler.isnil()) {
        throw failure(object, key);
      }
      Handlers.Place place = handlers.follow(handler, object, Events.NEWINDEX, key);
      if (place.end() instanceof LuaFunction f) {
        f.call(place.owner(), key, value);
        return;
      }
      if (place.end() instanceof LuaTable table) {
        table.rawset(key, value);
        return;
      }
      object = place.end();
    }
  }

  private boolean setOwn(LuaValue object, LuaValue key, LuaValue value) {
    if (key instanceof LuaString name) {
      CBody body = object instanceof TypeData ? null : struct(object);
      CField field = body == null ? null : body.field(name);
      if (field != null) {
        store(object, field, value);
      } else if (object instanceof ValueData v
          && v.ctype().is(CType.Kind.COMPLEX)
          && partNamed(name) >= 0) {
        throw constant();
      }
      return field != null;
    }
    CType element = element(object, key);
    if (element != null) {
      storeElement(object, element, index(key), value);
    }
    return element != null;
  }

  // ---- members

  private static @Nullable CBody struct(LuaValue object) {
    return FfiState.struct(object);
  }

  private LuaValue load(LuaValue object, CField field) {
    CType owner = owner(object);
    CType type = field.type().with(owner.qualifiers);
    if (object instanceof PointerData p) {
      return load(field, type, p.memory, p.offset + field.offset());
    }
    ValueData value = (ValueData) object;
    return load(field, type, value.memory, value.offset + field.offset());
  }

  private LuaValue load(CField field, CType type, Memory memory, long offset) {
    return field.isBits()
        ? state.cells.load(field, memory, offset)
        : state.cells.load(type, memory, offset);
  }

  private void store(LuaValue object, CField field, LuaValue value) {
    if (owner(object).isConst() || field.type().isConst()) {
      throw constant();
    }
    ValueData owner =
        object instanceof PointerData p
            ? ValueData.within(p.ctype().element(), p.memory, p.offset)
            : (ValueData) object;
    state.initializers.assignField(field, owner, value);
  }

  private static CType owner(LuaValue object) {
    CType type = ((FfiData) object).ctype();
    return type.is(CType.Kind.POINTER) ? type.element() : type;
  }

  // ---- elements

  /** What elements are of when an object has some and the key may tell one; null otherwise. */
  private static @Nullable CType element(LuaValue object, LuaValue key) {
    boolean integer =
        key instanceof LuaNumber
            || key instanceof Int64
            || (key instanceof ScalarData n && n.ctype().isNumber());
    if (!integer || !(object instanceof FfiData data) || object instanceof TypeData) {
      return null;
    }
    CType type = data.ctype();
    boolean has = type.is(CType.Kind.POINTER) || type.isRow();
    return has ? type.element() : null;
  }

  private static long index(LuaValue key) {
    if (key instanceof LuaInteger i) {
      return i.v;
    }
    Int64 index = Int64.operand(key);
    return index == null ? 0 : index.bits();
  }

  private static long distance(CType element, long index) {
    long size = element.size();
    if (size == CType.NO_SIZE) {
      throw LuaErrors.raise(Memory.NO_SIZE);
    }
    return index * size;
  }

  private LuaValue loadElement(LuaValue object, CType element, long index) {
    long distance = distance(element, index);
    if (object instanceof PointerData p) {
      return state.cells.load(element, p.memory, p.offset + distance);
    }
    ValueData value = (ValueData) object;
    return state.cells.load(element, value.memory, value.offset + distance);
  }

  private void storeElement(LuaValue object, CType element, long index, LuaValue value) {
    if (element.isConst() || ((FfiData) object).ctype().isCompound()) {
      throw constant();
    }
    long distance = distance(element, index);
    if (object instanceof PointerData p) {
      state.initializers.assign(element, p.memory, p.offset + distance, element.size(), value);
    } else {
      ValueData array = (ValueData) object;
      state.initializers.assign(
          element, array.memory, array.offset + distance, element.size(), value);
    }
  }

  // ---- failures

  private static LuaError constant() {
    return LuaErrors.raise("attempt to write to constant location");
  }

  private static LuaError failure(LuaValue object, LuaValue key) {
    CBody body = struct(object);
    String owner = body == null ? FfiState.name(object) : owner(object).toString();
    if (key instanceof LuaString name) {
      return LuaErrors.raise("'" + owner + "' has no member named '" + LuaText.latin1(name) + "'");
    }
    if (object instanceof TypeData) {
      owner = "ctype";
    }
    String with = key instanceof CData data ? data.cTypeName() : key.typename();
    return LuaErrors.raise("'" + owner + "' cannot be indexed with '" + with + "'");
  }
}
