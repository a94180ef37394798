package dev.banyan.lua.ffi;

import java.util.List;
import java.util.function.Function;
import org.luaj.vm2.LuaValue;

/** Owned by its machine's thread: how OpenSSL looks into what names and certificates list. */
final class CLists {
  private CLists() {}

  /** The element that the second argument numbers, from 0; null for none. */
  static LuaValue at(CArguments c, List<?> all) {
    long at = c.integer(2);
    return at < 0 || at >= all.size() ? c.nullResult() : c.made(all.get((int) at));
  }

  /** The number of the first element behind the third argument that is this object; -1 for none. */
  static <T> LuaValue index(CArguments c, List<T> all, Function<T, String> object, String wanted) {
    for (int i = (int) Math.max(c.integer(3), -1) + 1; i < all.size(); i++) {
      if (object.apply(all.get(i)).equals(wanted)) {
        return c.result(i);
      }
    }
    return c.result(-1);
  }
}
