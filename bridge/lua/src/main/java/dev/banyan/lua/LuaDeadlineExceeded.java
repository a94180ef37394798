package dev.banyan.lua;

import java.util.List;

/** Ends Lua code that ran past its deadline; tells where the code was. */
public final class LuaDeadlineExceeded extends LuaAbort {
  private static final long serialVersionUID = 1L;
  private final String position;
  private final String traceback;
  private final List<String> threads;

  LuaDeadlineExceeded(String position, String traceback, List<String> threads) {
    super(position + " ran past its deadline");
    this.position = position;
    this.traceback = traceback;
    this.threads = List.copyOf(threads);
  }

  /** The chunk and line that ran at that moment, as {@code chunk:line:}. */
  public String position() {
    return position;
  }

  /** What is left of the stacks, as {@link Tracebacks#ofThread} prints each. */
  public List<String> threads() {
    return threads;
  }

  /** The stack as {@code debug.traceback} prints it. */
  public String traceback() {
    return traceback;
  }
}
