package dev.banyan.lua.ngx.resty;

import dev.banyan.lua.LuaArgs;
import dev.banyan.lua.LuaNumbers;
import dev.banyan.lua.LuaText;
import dev.banyan.lua.NativeFunction;
import dev.banyan.lua.Table;
import java.util.random.RandomGenerator;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.Varargs;

/** {@code resty.random} on a generator that is fit for secrets. */
final class RandomModule {
  /** The most bytes of one call. */
  private static final int MOST = 1 << 20;

  private static final String LETTERS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

  private final RandomGenerator random;

  RandomModule(RandomGenerator random) {
    this.random = random;
  }

  Table table() {
    Table module = new Table();
    module.rawset("_VERSION", LuaText.of("0.15"));
    module.rawset("bytes", NativeFunction.of("bytes", this::bytes));
    module.rawset("number", NativeFunction.of("number", this::number));
    module.rawset("token", NativeFunction.of("token", this::token));
    return module;
  }

  private Varargs bytes(Varargs args) {
    byte[] bytes = new byte[length(args)];
    random.nextBytes(bytes);
    return LuaString.valueUsing(bytes);
  }

  private Varargs number(Varargs args) {
    long least = LuaArgs.checkLong(args, 1);
    long most = LuaArgs.checkLong(args, 2);
    return LuaNumbers.of(random.nextLong(Math.min(least, most), Math.max(least, most) + 1));
  }

  private Varargs token(Varargs args) {
    String letters = LuaArgs.optText(args, 2, LETTERS);
    StringBuilder token = new StringBuilder();
    for (int i = length(args); i > 0 && !letters.isEmpty(); i--) {
      token.append(letters.charAt(random.nextInt(letters.length())));
    }
    return LuaText.of(token.toString());
  }

  private static int length(Varargs args) {
    return Math.clamp(LuaArgs.checkLong(args, 1), 0, MOST);
  }
}
