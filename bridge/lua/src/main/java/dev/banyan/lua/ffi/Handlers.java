package dev.banyan.lua.ffi;

import dev.banyan.lua.CData;
import dev.banyan.lua.LuaErrors;
import dev.banyan.lua.Semantics;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * Owned by one machine: what stands in metatypes. Data there has a metatype itself, its own even,
 * so that one step may lead to the same step again: such chains are walked here, so far and no
 * farther, instead of growing Java's stack.
 */
final class Handlers {
  private static final int MOST_CHAINED = 200;

  /** As many tables may stand behind each other, as in other chains. */
  private static final int MOST_TABLES = 100;

  private final FfiState state;
  private final Creation creation;

  Handlers(FfiState state, Creation creation) {
    this.state = state;
    this.creation = creation;
  }

  /** Calls what a metatype tells to call, or data that Lua calls. */
  Varargs call(LuaValue handler, Varargs args) {
    LuaValue callee = handler;
    Varargs given = args;
    for (int i = 0; i < MOST_CHAINED; i++) {
      if (!(callee instanceof CData)) {
        return callPlain(callee, given);
      }
      if (callee instanceof FunctionData function) {
        return function.function().invoke(state, function.ctype().signature(), given);
      }
      if (callee instanceof PointerData p && p.ctype().element().is(CType.Kind.FUNCTION)) {
        return state.callbacks.call(state, p, given);
      }
      given = LuaValue.varargsOf(callee, given);
      LuaValue next = next(callee);
      if (next.isnil()) {
        if (callee instanceof TypeData type) {
          return creation.create(type.ctype().referred(), given);
        }
        throw LuaErrors.raise("'" + FfiState.name(callee) + "' is not callable");
      }
      callee = next;
    }
    throw endless();
  }

  private LuaValue next(LuaValue callee) {
    if (!(callee instanceof TypeData type)) {
      return state.metamethod(callee, Events.CALL);
    }
    LuaTable metatype = state.metatype(type.ctype().referred());
    return metatype == null ? LuaValue.NIL : metatype.rawget(Events.NEW);
  }

  /** The metamethod of either value. */
  LuaValue either(LuaString event, LuaValue a, LuaValue b) {
    LuaValue handler = state.metamethod(a, event);
    return handler.isnil() ? state.metamethod(b, event) : handler;
  }

  private Varargs callPlain(LuaValue callee, Varargs args) {
    boolean callable =
        callee instanceof LuaFunction
            || Semantics.metamethod(state.vm, callee, Events.CALL) instanceof LuaFunction;
    if (!callable) {
      throw LuaErrors.bare("attempt to call a " + callee.typename() + " value");
    }
    return Semantics.call(state.vm, callee, args);
  }

  /**
   * Follows a chain of handlers that are no functions.
   *
   * @param handler the first one
   * @param event {@code __index} or {@code __newindex}
   * @param key the key that a table on the way may have
   * @return where it ends: at a function, at data that is to be asked, or at a table, which has the
   *     key or is the last one
   */
  Place follow(LuaValue handler, LuaValue object, LuaString event, LuaValue key) {
    LuaValue at = handler;
    LuaValue owner = object;
    for (int i = 0; i < MOST_TABLES; i++) {
      if (at instanceof LuaFunction || at instanceof CData) {
        return new Place(at, owner);
      }
      boolean table = at instanceof LuaTable;
      if (at instanceof LuaTable t && !t.rawget(key).isnil()) {
        return new Place(at, owner);
      }
      LuaValue next = Semantics.metamethod(state.vm, at, event);
      if (next.isnil()) {
        if (!table) {
          throw LuaErrors.bare("attempt to index a " + at.typename() + " value");
        }
        return new Place(at, owner);
      }
      owner = at;
      at = next;
    }
    throw LuaErrors.bare(event.equals(Events.INDEX) ? "loop in gettable" : "loop in settable");
  }

  /** Where a chain ends, and what leads there. */
  record Place(LuaValue end, LuaValue owner) {}

  /** Whether so many steps are too many. */
  static void checkSteps(int steps) {
    if (steps == MOST_CHAINED) {
      throw endless();
    }
  }

  private static LuaError endless() {
    return LuaErrors.bare("stack overflow");
  }
}
