package dev.banyan.lua.ffi;

import dev.banyan.lua.CData;
import dev.banyan.lua.Int64;
import dev.banyan.lua.LuaArgs;
import dev.banyan.lua.LuaErrors;
import dev.banyan.lua.LuaText;
import dev.banyan.lua.LuaVm;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** Owned by one machine: what its {@code ffi} knows. */
final class FfiState {
  /** How many texts of types are kept with what they mean. */
  private static final int MOST_TEXTS = 512;

  /** How many bytes are as much work as a call. */
  private static final int BYTES_A_STEP = 64;

  final LuaVm vm;
  final CNames names = new CNames();
  final CObjects objects = new CObjects();
  final Addresses addresses = new Addresses();
  final Cells cells = new Cells(addresses);
  final Callbacks callbacks = new Callbacks(objects);
  final Conversions conversions = new Conversions(addresses, callbacks);
  final Initializers initializers = new Initializers(conversions, cells);
  final Finalizers finalizers = new Finalizers(this);

  /** Of complex numbers and vectors, by their types' names. */
  private final Map<String, LuaTable> compounds = new HashMap<>();

  private final Map<LuaString, CType> texts = new HashMap<>();

  FfiState(LuaVm vm) {
    this.vm = vm;
    CParser.declare(names, OpenRestyTypes.DECLARATIONS, List.of());
  }

  /** The type that the first argument names, is, or has. */
  CType type(Varargs args) {
    return type(args, List.of());
  }

  /** The type that the first argument names with parameters, or is, or has. */
  CType type(Varargs args, List<LuaValue> parameters) {
    LuaValue value = LuaArgs.arg(args, 1);
    if (value instanceof LuaString text) {
      return parsed(text, parameters);
    }
    CType type = of(value);
    if (type == null) {
      throw LuaErrors.type(1, "C type", value);
    }
    if (!parameters.isEmpty()) {
      throw LuaErrors.argument(1, "wrong number of type parameters");
    }
    return type;
  }

  private CType parsed(LuaString text, List<LuaValue> parameters) {
    CType known = parameters.isEmpty() ? texts.get(text) : null;
    if (known != null) {
      return known;
    }
    String source = LuaText.latin1(text);
    CType type = CParser.type(names, source, parameters);
    if (parameters.isEmpty() && source.indexOf('{') < 0 && texts.size() < MOST_TEXTS) {
      texts.put(text, type);
    }
    return type;
  }

  /** Charges work on so many bytes, so that deadlines hold. */
  void burn(long bytes) {
    vm.burn(Math.clamp(bytes / BYTES_A_STEP, 0, Integer.MAX_VALUE));
  }

  /** The type of data, as {@code ffi.typeof} tells it; null for what is none. */
  static @Nullable CType of(LuaValue value) {
    return switch (value) {
      case Int64 n -> CType.integer(8, n.isUnsigned());
      case FfiData data -> data.shownType();
      case CData _ -> CType.VOID_POINTER;
      default -> null;
    };
  }

  /** What LuaJIT's errors call a value. */
  static String name(LuaValue value) {
    return value instanceof CData data ? data.cTypeName() : value.typename();
  }

  /** The struct that data is or points to; null for all else. */
  static @Nullable CBody struct(LuaValue value) {
    if (!(value instanceof FfiData data)) {
      return null;
    }
    CType type = data.ctype();
    if (type.is(CType.Kind.POINTER)) {
      type = type.element();
    }
    return type.is(CType.Kind.STRUCT) ? type.body() : null;
  }

  /** The metamethod that {@code ffi.metatype} has given to a value's type, nil for none. */
  LuaValue metamethod(LuaValue value, LuaString event) {
    CBody body = struct(value);
    LuaTable metatype =
        body != null
            ? body.metatype()
            : value instanceof FfiData data ? metatype(data.ctype()) : null;
    return metatype == null ? LuaValue.NIL : metatype.rawget(event);
  }

  /** What {@code ffi.metatype} has given to a type. */
  @Nullable LuaTable metatype(CType type) {
    if (type.is(CType.Kind.STRUCT)) {
      return type.body().metatype();
    }
    return type.isCompound() ? compounds.get(type.plain().toString()) : null;
  }

  void metatype(CType type, LuaTable metatable) {
    if (type.is(CType.Kind.STRUCT)) {
      type.body().metatype(metatable);
    } else {
      compounds.put(type.plain().toString(), metatable);
    }
  }
}
