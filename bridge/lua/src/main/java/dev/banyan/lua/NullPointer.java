package dev.banyan.lua;

import org.luaj.vm2.LuaUserdata;

/**
 * C's null pointer as Lua sees it: {@code ngx.null} and {@code cjson.null}, equal to nothing else.
 */
public final class NullPointer extends LuaUserdata {
  /** The only one. */
  public static final NullPointer NULL = new NullPointer();

  private NullPointer() {
    super(new Object());
  }
}
