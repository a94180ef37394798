package dev.banyan.lua.ffi;

import dev.banyan.lua.LuaErrors;
import java.util.Map;
import java.util.function.Function;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** A function of C in Java: it gets what the declaration makes of its arguments. */
record CFunction(int arity, Function<CArguments, LuaValue> body) {
  /** Calls it as it was declared. */
  LuaValue invoke(FfiState state, CSignature signature, Varargs args) {
    checkCount(signature, args);
    if (signature.parameters().size() < arity) {
      throw LuaErrors.raise("declared with fewer parameters than the function has");
    }
    return body.apply(new CArguments(state, signature, args));
  }

  /** Adds one to those that there are. */
  static void put(
      Map<String, CFunction> all, String name, int arity, Function<CArguments, LuaValue> body) {
    all.put(name, new CFunction(arity, body));
  }

  /** Whether there are as many arguments as were declared. */
  static void checkCount(CSignature signature, Varargs args) {
    int declared = signature.parameters().size();
    if (args.narg() < declared || (args.narg() > declared && !signature.variadic())) {
      throw LuaErrors.raise("wrong number of arguments for function call");
    }
  }
}
