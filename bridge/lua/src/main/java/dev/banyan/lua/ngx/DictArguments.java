package dev.banyan.lua.ngx;

import dev.banyan.lua.CData;
import dev.banyan.lua.Int64;
import dev.banyan.lua.LuaErrors;
import dev.banyan.lua.LuaNumbers;
import dev.banyan.lua.Semantics;
import dev.banyan.lua.ngx.shared.SharedDict;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaValue;

/** What numbers a shared dict's operations make of their arguments, and what they say of others. */
final class DictArguments {
  private static final int MILLIS = 1000;

  private DictArguments() {}

  /** A value's time to live, from seconds that must be a number. */
  static long stored(LuaValue exptime) {
    if (!exptime.toboolean()) {
      return SharedDict.FOREVER;
    }
    LuaNumber seconds =
        exptime instanceof CData data ? whole(data) : exptime instanceof LuaNumber n ? n : null;
    if (seconds == null) {
      throw LuaErrors.raise("attempt to compare " + exptime.typename() + " with number");
    }
    if (seconds.todouble() < 0) {
      throw LuaErrors.raise("bad \"exptime\" argument");
    }
    return millis(seconds.todouble());
  }

  /** A time to live, from seconds that a text may spell. */
  static long spelled(LuaValue exptime) {
    LuaNumber seconds = exptime instanceof CData data ? whole(data) : LuaNumbers.parse(exptime);
    if (seconds == null) {
      throw LuaErrors.raise(
          "attempt to perform arithmetic on local 'exptime' (a " + exptime.typename() + " value)");
    }
    return millis(seconds.todouble());
  }

  /** As C's {@code long}, which has no room for more: such a time never comes. */
  static long millis(double seconds) {
    double millis = seconds * MILLIS;
    return millis < 0x1p63 ? (long) millis : SharedDict.FOREVER;
  }

  /** The seconds that data of C tells, which are whole ones; null when it is no number. */
  private static @Nullable LuaNumber whole(CData seconds) {
    Int64 integer = seconds.int64();
    return integer == null ? null : integer.number();
  }

  /** A value's flags. */
  static int flags(LuaValue flags) {
    return flags.toboolean() ? Coerce.toInt(flags, 10, "ngx_lua_ffi_shdict_store") : 0;
  }

  /** A number, or what spells one. */
  static double converted(LuaValue value, String name) {
    LuaNumber number = Semantics.tonumber(value);
    if (number == null) {
      throw LuaErrors.raise("bad " + name + " arg: number expected, got " + value.typename());
    }
    return number.todouble();
  }
}
