package dev.banyan.api;

import java.util.Locale;

/** How the calls of one module are answered: the stage of its migration. */
public enum Mode {
  /** Lua answers. */
  LUA,
  /** Lua answers; Java is run afterwards on what Lua saw, compared and thrown away. */
  SHADOW,
  /** Java answers a share of the users, Lua the others. */
  CANARY,
  /** Java answers; Lua only when Java declines or fails. */
  JAVA;

  /** The name in configuration, commands and JSON. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The mode of that label.
   *
   * @throws IllegalArgumentException with the accepted labels when there is none
   */
  public static Mode of(String label) {
    for (Mode mode : values()) {
      if (mode.label().equals(label)) {
        return mode;
      }
    }
    throw new IllegalArgumentException(
        "mode \"" + label + "\" is unknown: expected lua, shadow, canary or java");
  }
}
