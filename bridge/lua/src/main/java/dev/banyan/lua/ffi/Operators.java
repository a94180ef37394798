package dev.banyan.lua.ffi;

import dev.banyan.lua.Int64;
import dev.banyan.lua.LuaErrors;
import dev.banyan.lua.LuaText;
import dev.banyan.lua.NativeFunction;
import dev.banyan.lua.Table;
import java.util.List;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** Owned by one machine: the metatable of all data of C. */
final class Operators {
  private static final List<LuaString> ARITHMETIC =
      List.of(Events.ADD, Events.SUB, Events.MUL, Events.DIV, Events.MOD, Events.POW, Events.UNM);

  private final FfiState state;
  private final Handlers handlers;

  Operators(FfiState state, Creation creation) {
    this.state = state;
    this.handlers = new Handlers(state, creation);
  }

  Table metatable() {
    Table t = new Table();
    Indexing indexing = new Indexing(state, handlers);
    t.rawset(Events.INDEX, NativeFunction.two("__index", indexing::get));
    t.rawset(
        Events.NEWINDEX,
        NativeFunction.three(
            "__newindex",
            (object, key, value) -> {
              indexing.set(object, key, value);
              return LuaValue.NONE;
            }));
    t.rawset(
        Events.CALL,
        NativeFunction.of("__call", args -> handlers.call(args.arg1(), args.subargs(2))));
    Arithmetic arithmetic = new Arithmetic(handlers);
    for (LuaString event : ARITHMETIC) {
      t.rawset(
          event,
          NativeFunction.two(LuaText.latin1(event), (a, b) -> arithmetic.apply(event, a, b)));
    }
    t.rawset(Events.CONCAT, NativeFunction.two("__concat", arithmetic::concat));
    Comparison comparison = new Comparison(state, handlers);
    t.rawset(Events.EQ, NativeFunction.two("__eq", comparison::equal));
    t.rawset(Events.LT, NativeFunction.two("__lt", (a, b) -> comparison.less(Events.LT, a, b)));
    t.rawset(Events.LE, NativeFunction.two("__le", (a, b) -> comparison.less(Events.LE, a, b)));
    t.rawset(Events.LEN, NativeFunction.of("__len", this::length));
    t.rawset(Events.TOSTRING, NativeFunction.of("__tostring", this::tostring));
    for (LuaString event : List.of(Events.PAIRS, Events.IPAIRS)) {
      t.rawset(event, NativeFunction.of(LuaText.latin1(event), args -> iterate(event, args)));
    }
    t.rawset(Events.METATABLE, LuaText.of("ffi"));
    return t;
  }

  private Varargs length(Varargs args) {
    LuaValue value = args.arg1();
    LuaValue handler = state.metamethod(value, Events.LEN);
    if (handler.isnil()) {
      throw LuaErrors.raise("attempt to get length of '" + FfiState.name(value) + "'");
    }
    // LuaJIT hands on an operand that the operator doesn't have.
    return handlers.call(handler, LuaValue.varargsOf(value, LuaValue.NIL));
  }

  private Varargs iterate(LuaString event, Varargs args) {
    LuaValue value = args.arg1();
    LuaValue handler = state.metamethod(value, event);
    if (handler.isnil()) {
      throw LuaErrors.raise(
          "'" + FfiState.name(value) + "' has no '" + LuaText.latin1(event) + "' metamethod");
    }
    return handlers.call(handler, args);
  }

  private Varargs tostring(Varargs args) {
    LuaValue value = args.arg1();
    LuaValue handler =
        value instanceof TypeData || isComplex(value)
            ? LuaValue.NIL
            : state.metamethod(value, Events.TOSTRING);
    return handler.isnil() ? LuaText.of(text(value)) : handlers.call(handler, args);
  }

  private static boolean isComplex(LuaValue value) {
    return value instanceof ValueData v && v.ctype().is(CType.Kind.COMPLEX);
  }

  private String text(LuaValue value) {
    return switch (value) {
      case Int64 n -> n.toString();
      case TypeData t -> "ctype<" + t.ctype() + ">";
      case ScalarData n when n.ctype().isInt64() ->
          Int64.of(n.bits(), n.ctype().unsigned).toString();
      case ScalarData n when n.ctype().is(CType.Kind.ENUM) ->
          "cdata<" + n.ctype() + ">: " + (int) n.bits();
      case ValueData v when v.ctype().is(CType.Kind.COMPLEX) ->
          ComplexText.of(v.part(0), v.part(1));
      case PointerData p ->
          "cdata<" + p.ctype() + ">: " + address(state.addresses.of(p.memory, p.offset));
      case ValueData v ->
          "cdata<" + v.shownType() + ">: " + address(state.addresses.of(v.memory, v.offset));
      default -> "cdata<" + FfiState.name(value) + ">: " + address(System.identityHashCode(value));
    };
  }

  private static String address(long address) {
    return address == 0 ? "NULL" : String.format("0x%08x", address);
  }
}
