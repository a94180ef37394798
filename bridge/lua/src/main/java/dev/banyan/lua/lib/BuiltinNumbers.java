package dev.banyan.lua.lib;

import dev.banyan.lua.LuaLibrary;
import dev.banyan.lua.LuaVm;
import dev.banyan.lua.NativeFunction;
import java.util.List;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/**
 * The numbers that LuaJIT 2.1's {@code tostring} shows of its built-in functions. Those that LuaJIT
 * wrote in Lua or registers as plain C functions have none and show an address.
 */
final class BuiltinNumbers implements LuaLibrary {
  /** Per library the number of its first function, then names in order; "" skips a number. */
  private record Run(String library, int first, List<String> names) {}

  private static final List<Run> RUNS =
      List.of(
          new Run(
              "",
              2,
              List.of(
                  "assert",
                  "type",
                  "next",
                  "pairs",
                  "",
                  "ipairs",
                  "getmetatable",
                  "setmetatable",
                  "getfenv",
                  "setfenv",
                  "rawget",
                  "rawset",
                  "rawequal",
                  "unpack",
                  "select",
                  "tonumber",
                  "tostring",
                  "error",
                  "pcall",
                  "xpcall",
                  "loadfile",
                  "load",
                  "loadstring",
                  "dofile",
                  "gcinfo",
                  "collectgarbage",
                  "newproxy")),
          new Run("coroutine", 31, List.of("running")),
          new Run(
              "math",
              40,
              List.of(
                  "abs",
                  "floor",
                  "ceil",
                  "sqrt",
                  "log10",
                  "exp",
                  "sin",
                  "cos",
                  "tan",
                  "asin",
                  "acos",
                  "atan",
                  "sinh",
                  "cosh",
                  "tanh",
                  "frexp",
                  "modf",
                  "log",
                  "atan2",
                  "pow",
                  "fmod",
                  "ldexp",
                  "min",
                  "max",
                  "random",
                  "randomseed")),
          new Run(
              "bit",
              66,
              List.of(
                  "tobit", "bnot", "bswap", "lshift", "rshift", "arshift", "rol", "ror", "band",
                  "bor", "bxor", "tohex")),
          new Run(
              "string",
              78,
              List.of(
                  "byte", "char", "sub", "rep", "reverse", "lower", "upper", "dump", "find",
                  "match", "", "gmatch", "gsub", "format")),
          new Run("table", 92, List.of("maxn", "insert", "concat")),
          new Run("table", 99, List.of("sort")),
          new Run(
              "io",
              111,
              List.of(
                  "open", "popen", "tmpfile", "close", "read", "write", "flush", "input", "output",
                  "lines", "type")),
          new Run(
              "os",
              122,
              List.of(
                  "execute",
                  "remove",
                  "rename",
                  "tmpname",
                  "",
                  "exit",
                  "clock",
                  "date",
                  "time",
                  "difftime",
                  "setlocale")),
          new Run(
              "debug",
              133,
              List.of(
                  "getregistry",
                  "getmetatable",
                  "setmetatable",
                  "getfenv",
                  "setfenv",
                  "getinfo",
                  "getlocal",
                  "setlocal",
                  "getupvalue",
                  "setupvalue",
                  "upvalueid",
                  "upvaluejoin",
                  "sethook",
                  "gethook",
                  "debug",
                  "traceback")),
          new Run(
              "jit",
              149,
              List.of("on", "off", "flush", "status", "security", "attach", "prngstate")));

  @Override
  public void open(LuaVm vm) {
    for (Run run : RUNS) {
      if (table(vm, run.library()) instanceof LuaTable library) {
        for (int i = 0; i < run.names().size(); i++) {
          if (library.rawget(run.names().get(i)) instanceof NativeFunction function) {
            function.builtin(run.first() + i);
          }
        }
      }
    }
  }

  private static LuaValue table(LuaVm vm, String library) {
    return library.isEmpty() ? vm.globals() : vm.globals().rawget(library);
  }
}
