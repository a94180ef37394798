package dev.banyan.lua.ngx;

import dev.banyan.lua.CData;
import dev.banyan.lua.Int64;
import dev.banyan.lua.LuaArgs;
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

  /** A value's flags, as LuaJIT hands values to C for an {@code int}. */
  static int flags(LuaValue flags) {
    if (!flags.toboolean()) {
      return 0;
    }
    if (flags.isboolean()) {
      return 1;
    }
    if (flags instanceof LuaNumber) {
      return LuaArgs.checkInt(flags, 1);
    }
    Int64 integer = flags instanceof CData data ? data.int64() : null;
    if (integer == null) {
      String type =
          flags instanceof CData data
              ? data.cTypeName()
              : flags.type() == LuaValue.TUSERDATA ? "void *" : flags.typename();
      throw LuaErrors.raise(
          "bad argument #10 to 'ngx_lua_ffi_shdict_store' (cannot convert '%s' to 'int')"
              .formatted(type));
    }
    return (int) integer.bits();
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
