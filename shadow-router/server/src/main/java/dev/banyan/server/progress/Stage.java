package dev.banyan.server.progress;

import dev.banyan.router.flags.ModuleFlag;
import java.util.Arrays;
import java.util.Locale;

/** How far a module has come. */
public enum Stage {
  /** Lua answers. */
  LUA,
  /** Lua answers, and the port is compared. */
  SHADOW,
  /** Java answers a share of the users, or only the requests that the flag means. */
  CANARY,
  /** Java answers everyone; the Lua is there to go back to. */
  JAVA,
  /** Java answers everyone; the Lua is gone. */
  RETIRED;

  /** The word for it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Stage of(String label) {
    return Arrays.stream(values())
        .filter(stage -> stage.label().equals(label))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no stage \"" + label + "\""));
  }

  static Stage of(ModuleFlag flag, boolean retired) {
    return switch (flag.mode()) {
      case LUA -> LUA;
      case SHADOW -> SHADOW;
      case CANARY -> CANARY;
      case JAVA -> retired ? RETIRED : flag.isJavaForAll() ? JAVA : CANARY;
    };
  }
}
