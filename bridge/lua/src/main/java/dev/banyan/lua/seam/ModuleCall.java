package dev.banyan.lua.seam;

import dev.banyan.api.Way;
import org.jspecify.annotations.Nullable;

/**
 * Immutable: a function of a Lua module that a handler calls without arguments, and the words for
 * why it is Lua's, which are needed for each request.
 */
public final class ModuleCall {
  private final CallSite site;
  private final String text;
  private final String inLua;
  private final String inShadow;
  private final String withoutPort;
  private final String leftToLua;

  /**
   * A function of a module.
   *
   * @param module what the legacy passes to {@code require}
   * @param function the function in the module's table
   */
  public ModuleCall(String module, String function) {
    this.site = new CallSite(module, function);
    this.text = module + "." + function;
    this.inLua = module + " is in Lua";
    this.inShadow = module + " is in shadow";
    this.withoutPort = text + " has no port";
    this.leftToLua = text + " was left to Lua";
  }

  /**
   * Reads {@code edge.waf.access}: the function is what follows the last dot.
   *
   * @throws IllegalArgumentException when it names no module or no function
   */
  public static ModuleCall parse(String text) {
    int dot = text.lastIndexOf('.');
    if (dot < 1 || dot == text.length() - 1) {
      throw new IllegalArgumentException(
          "call \""
              + text
              + "\" is not accepted: expected MODULE.FUNCTION, such as edge.waf.access");
    }
    return new ModuleCall(text.substring(0, dot), text.substring(dot + 1));
  }

  /** What the legacy passes to {@code require}. */
  public String module() {
    return site.module();
  }

  /** The function in the module's table. */
  public String function() {
    return site.function();
  }

  CallSite site() {
    return site;
  }

  /** Why Lua is needed when the call is answered this way; null when it isn't. */
  @Nullable String reason(Way way) {
    return switch (way) {
      case JAVA -> null;
      case LUA -> inLua;
      case SHADOW -> inShadow;
    };
  }

  String withoutPort() {
    return withoutPort;
  }

  String leftToLua() {
    return leftToLua;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ModuleCall call && call.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
