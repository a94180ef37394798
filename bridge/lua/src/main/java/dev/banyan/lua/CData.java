package dev.banyan.lua;

import org.luaj.vm2.LuaUserdata;

/** A value that LuaJIT code gets from C and can only hand on: its type is {@code cdata}. */
public final class CData extends LuaUserdata {
  /** Around what only Java sees. */
  public CData(Object value) {
    super(value);
  }

  @Override
  public String typename() {
    return "cdata";
  }
}
