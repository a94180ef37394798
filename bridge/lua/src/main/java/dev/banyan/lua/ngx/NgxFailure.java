package dev.banyan.lua.ngx;

/**
 * A failure that Lua code sees as {@code nil, err}; the message is lua-nginx-module's own text. No
 * stack trace: it is an answer, not a fault.
 */
public final class NgxFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Creates it with the text that Lua code gets. */
  public NgxFailure(String text) {
    super(text, null, false, false);
  }
}
