package dev.banyan.lua.ffi;

import dev.banyan.lua.LuaArgs;
import dev.banyan.lua.LuaErrors;
import dev.banyan.lua.LuaNumbers;
import dev.banyan.lua.LuaText;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** Owned by one machine: the functions of {@code ffi} that tell about types. */
final class Functions {
  /** What LuaJIT's x64 is. */
  private static final Set<String> ABI = Set.of("64bit", "le", "fpu", "hardfp", "gc64");

  private final FfiState state;
  private final Creation creation;
  private int errno;

  Functions(FfiState state, Creation creation) {
    this.state = state;
    this.creation = creation;
  }

  Varargs declare(Varargs args) {
    LuaString source = LuaArgs.checkString(args, 1);
    CParser.declare(state.names, LuaText.latin1(source), parameters(args));
    return LuaValue.NONE;
  }

  private static List<LuaValue> parameters(Varargs args) {
    List<LuaValue> parameters = new ArrayList<>();
    for (int i = 2; i <= args.narg(); i++) {
      parameters.add(args.arg(i));
    }
    return parameters;
  }

  Varargs typeof(Varargs args) {
    CType type = state.type(args, parameters(args));
    return args.arg1() instanceof TypeData known ? known : new TypeData(type);
  }

  Varargs sizeof(Varargs args) {
    LuaValue value = args.arg1();
    if (value instanceof ValueData data) {
      return LuaNumbers.of(data.size);
    }
    CType type = state.type(args).referred();
    long size = type.isVariable() ? type.size(creation.count(args)) : type.size();
    return size == CType.NO_SIZE ? LuaValue.NIL : LuaNumbers.of(size);
  }

  Varargs alignof(Varargs args) {
    return LuaNumbers.of((long) state.type(args).referred().align());
  }

  Varargs offsetof(Varargs args) {
    CType type = state.type(args).referred();
    LuaString name = LuaArgs.checkString(args, 2);
    CField field = type.is(CType.Kind.STRUCT) ? type.body().field(name) : null;
    if (field == null) {
      return LuaValue.NONE;
    }
    LuaValue offset = LuaNumbers.of((long) field.offset());
    return field.isBits()
        ? LuaValue.varargsOf(
            offset, LuaNumbers.of((long) field.bit()), LuaNumbers.of((long) field.bits()))
        : offset;
  }

  Varargs istype(Varargs args) {
    CType type = state.type(args).referred();
    CType of = FfiState.of(LuaArgs.checkAny(args, 2));
    return LuaValue.valueOf(of != null && isOf(type, of.referred()));
  }

  private static boolean isOf(CType type, CType value) {
    if (type.is(CType.Kind.STRUCT) && value.is(CType.Kind.POINTER)) {
      return type.plain().same(value.element().plain());
    }
    if (type.is(CType.Kind.POINTER) && value.is(CType.Kind.POINTER)) {
      CType a = type.element();
      CType b = value.element();
      return a.kind == b.kind && Conversions.alike(a, b);
    }
    return type.plain().same(value.plain());
  }

  Varargs metatype(Varargs args) {
    CType type = state.type(args);
    LuaTable metatable = LuaArgs.checkTable(args, 2);
    if (!type.is(CType.Kind.STRUCT) && !type.isCompound()) {
      throw LuaErrors.argument(1, "invalid C type");
    }
    if (state.metatype(type) != null) {
      throw LuaErrors.raise("cannot change a protected metatable");
    }
    state.metatype(type, metatable);
    return args.arg1() instanceof TypeData known ? known : new TypeData(type);
  }

  Varargs abi(Varargs args) {
    return LuaValue.valueOf(ABI.contains(LuaArgs.checkText(args, 1)));
  }

  /** No function sets it: it is what was set. */
  Varargs errno(Varargs args) {
    int before = errno;
    if (args.narg() > 0) {
      errno = (int) state.conversions.bits(CType.INT, args.arg1(), false, 1);
    }
    return LuaNumbers.of((long) before);
  }
}
