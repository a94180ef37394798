package dev.banyan.lua;

/**
 * Control flow that leaves Lua for good: {@code ngx.exit}, a deadline, a killed fiber.
 *
 * <p>An error without a stack trace that pcall, xpcall and coroutine boundaries never catch.
 */
public abstract class LuaAbort extends Error {
  private static final long serialVersionUID = 1L;

  /** Creates the signal; {@code reason} is for logs. */
  protected LuaAbort(String reason) {
    super(reason, null, false, false);
  }
}
