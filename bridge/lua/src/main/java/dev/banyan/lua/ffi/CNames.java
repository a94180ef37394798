package dev.banyan.lua.ffi;

import dev.banyan.lua.LuaErrors;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Owned by one machine: all that its declarations have named. */
final class CNames {
  /** What LuaJIT counts its own types up to, roughly. */
  private static final int FIRST_NUMBER = 500;

  /** How much may be declared, as in LuaJIT. */
  private static final int MOST_DECLARED = 65_536;

  private final Map<String, CType> typedefs = new HashMap<>();
  private final Map<String, CType> tags = new HashMap<>();
  private final Map<String, Long> constants = new HashMap<>();
  private final Map<String, CType> symbols = new HashMap<>();
  private int number = FIRST_NUMBER;
  private int declared;
  private final List<Runnable> undo = new ArrayList<>();

  CNames() {
    for (int bytes = 1; bytes <= 8; bytes *= 2) {
      typedefs.put("int" + 8 * bytes + "_t", CType.integer(bytes, false));
      typedefs.put("uint" + 8 * bytes + "_t", CType.integer(bytes, true));
    }
    for (String name : new String[] {"ssize_t", "ptrdiff_t", "intptr_t"}) {
      typedefs.put(name, CType.INT64);
    }
    typedefs.put("size_t", CType.UINT64);
    typedefs.put("uintptr_t", CType.UINT64);
    typedefs.put("wchar_t", CType.INT);
    for (String name : new String[] {"va_list", "__builtin_va_list", "__gnuc_va_list"}) {
      typedefs.put(name, CType.VOID_POINTER);
    }
  }

  /** Reads declarations, of which nothing stays when one is wrong. */
  <T> T undoingOnFailure(Supplier<T> declarations) {
    undo.clear();
    boolean done = false;
    try {
      T result = declarations.get();
      done = true;
      return result;
    } finally {
      if (!done) {
        undo.forEach(Runnable::run);
      }
      undo.clear();
    }
  }

  private <V> void add(Map<String, V> map, String name, V value) {
    count();
    if (map.putIfAbsent(name, value) == null) {
      undo.add(() -> map.remove(name));
    }
  }

  @Nullable CType typedef(String name) {
    return typedefs.get(name);
  }

  /** Names a type; a name that is taken stays what it was. */
  void typedef(String name, CType type) {
    add(typedefs, name, type);
  }

  @Nullable CType tag(String name) {
    return tags.get(name);
  }

  private void count() {
    if (++declared > MOST_DECLARED) {
      throw LuaErrors.raise("table overflow");
    }
  }

  /** A struct, union or enum that is not defined yet; without a name it gets a number. */
  CType newBody(CBody.Form form, String name) {
    count();
    String title = name.isEmpty() ? Integer.toString(number += 3) : name;
    CType type = CType.of(new CBody(form, title));
    if (!name.isEmpty()) {
      add(tags, name, type);
    }
    return type;
  }

  @Nullable Long constant(String name) {
    return constants.get(name);
  }

  /** Adds a constant of an enum. */
  void enumerator(String name, long value) {
    if (constants.containsKey(name)) {
      throw LuaErrors.raise("attempt to redefine '" + name + "'");
    }
    add(constants, name, value);
  }

  /** Adds a {@code static const}; a name that is taken stays what it was. */
  void constant(String name, long value) {
    add(constants, name, value);
  }

  @Nullable CType symbol(String name) {
    return symbols.get(name);
  }

  /** Declares a function or variable. */
  void symbol(String name, CType type) {
    add(symbols, name, type);
  }
}
