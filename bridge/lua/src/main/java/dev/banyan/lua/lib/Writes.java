package dev.banyan.lua.lib;

import java.io.IOException;
import java.io.OutputStream;

/** What becomes of what Lua writes to files and to the standard outputs. */
enum Writes {
  /** It is written. */
  KEPT,
  /** It is dropped, and no file is made, renamed or removed; Lua is told that all went well. */
  DROPPED;

  /** A standard output. */
  LuaFile standard(OutputStream stream) {
    return LuaFile.of(this == KEPT ? stream : OutputStream.nullOutputStream());
  }

  /** A file in a mode that Lua has given. */
  LuaFile open(String name, String mode) throws IOException {
    if (this == KEPT) {
      return LuaFile.open(name, mode);
    }
    return mode.startsWith("r")
        ? LuaFile.open(name, "r")
        : LuaFile.of(OutputStream.nullOutputStream());
  }
}
