package dev.banyan.lua.seam;

/**
 * Immutable: a function of a Lua module that a handler calls without arguments.
 *
 * @param module what the legacy passes to {@code require}
 * @param function the function in the module's table
 */
public record ModuleCall(String module, String function) {
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

  @Override
  public String toString() {
    return module + "." + function;
  }
}
