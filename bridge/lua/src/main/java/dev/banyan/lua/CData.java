package dev.banyan.lua;

import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaUserdata;
import org.luaj.vm2.LuaValue;

/**
 * A value of C's world: its type is {@code cdata}, it is equal to itself only, and whatever is done
 * with it the machine's {@link LuaVm#cdataMetatable} tells. This class itself is one that LuaJIT
 * code gets from C and can only hand on.
 */
public class CData extends LuaUserdata {
  /** Around what only Java sees. */
  public CData(Object value) {
    super(value);
  }

  /** Around what only Java sees, with a metatable of its own. */
  public CData(Object value, LuaValue metatable) {
    super(value, metatable);
  }

  @Override
  public String typename() {
    return "cdata";
  }

  /** The name of its C type, as LuaJIT's errors spell it. */
  public String cTypeName() {
    return "void *";
  }

  /** What {@code tonumber} makes of it; null when it is no number. */
  public @Nullable LuaNumber number() {
    return null;
  }

  /** The 64-bit integer that arithmetic makes of it; null when it is no number. */
  public @Nullable Int64 int64() {
    return null;
  }

  /** The bits that arithmetic on {@code uint64_t} makes of it; 0 when it is no number. */
  public long unsignedBits() {
    Int64 integer = int64();
    return integer == null ? 0 : integer.bits();
  }

  @Override
  public final boolean equals(Object other) {
    return this == other;
  }

  @Override
  public final int hashCode() {
    return System.identityHashCode(this);
  }
}
