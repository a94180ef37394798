package dev.banyan.lua;

/** Ends Lua code that ran past its deadline; tells where the code was. */
public final class LuaDeadlineExceeded extends LuaAbort {
  private static final long serialVersionUID = 1L;
  private final String position;
  private final String traceback;

  LuaDeadlineExceeded(String position, String traceback) {
    super(position + " ran past its deadline");
    this.position = position;
    this.traceback = traceback;
  }

  /** The chunk and line that ran at that moment, as {@code chunk:line:}. */
  public String position() {
    return position;
  }

  /** The stack as {@code debug.traceback} prints it. */
  public String traceback() {
    return traceback;
  }
}
