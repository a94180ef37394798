package dev.banyan.lua.ngx.json;

import static org.luaj.vm2.LuaValue.varargsOf;

import dev.banyan.lua.LuaArgs;
import dev.banyan.lua.LuaErrors;
import dev.banyan.lua.LuaNumbers;
import dev.banyan.lua.LuaText;
import dev.banyan.lua.NativeBody;
import dev.banyan.lua.NativeFunction;
import dev.banyan.lua.Table;
import dev.banyan.lua.ngx.json.JsonConfig.InvalidNumbers;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.function.IntSupplier;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** Owned by one worker: the functions that read and change one instance's settings. */
final class CjsonSettings {
  private static final int MOST_DIGITS = 14;

  private final JsonConfig config;

  CjsonSettings(JsonConfig config) {
    this.config = config;
  }

  void open(Table module) {
    add(module, "encode_sparse_array", this::sparseArray);
    add(module, "encode_invalid_numbers", this::encodeInvalid);
    integer(
        module,
        "encode_max_depth",
        Integer.MAX_VALUE,
        () -> config.encodeDepth,
        v -> config.encodeDepth = v);
    integer(
        module,
        "decode_max_depth",
        Integer.MAX_VALUE,
        () -> config.decodeDepth,
        v -> config.decodeDepth = v);
    integer(
        module,
        "encode_number_precision",
        MOST_DIGITS,
        () -> config.precision,
        v -> config.precision = v);
    flag(module, "encode_keep_buffer", () -> config.keepBuffer, v -> config.keepBuffer = v);
    flag(
        module,
        "decode_invalid_numbers",
        () -> config.decodeInvalid,
        v -> config.decodeInvalid = v);
    flag(
        module,
        "encode_empty_table_as_object",
        () -> config.emptyTableAsObject,
        v -> config.emptyTableAsObject = v);
    flag(
        module,
        "decode_array_with_array_mt",
        () -> config.decodeArrayMetatable,
        v -> config.decodeArrayMetatable = v);
    flag(
        module,
        "encode_escape_forward_slash",
        () -> config.escapeSlash,
        v -> config.escapeSlash = v);
  }

  private static void integer(
      Table module, String name, int most, IntSupplier getter, IntConsumer setter) {
    add(
        module,
        name,
        args -> {
          setter.accept(integer(args, 1, 1, most, getter.getAsInt()));
          return number(getter.getAsInt());
        });
  }

  private static void flag(
      Table module, String name, BooleanSupplier getter, BooleanConsumer setter) {
    add(
        module,
        name,
        args -> {
          setter.accept(flag(args, getter.getAsBoolean()));
          return LuaValue.valueOf(getter.getAsBoolean());
        });
  }

  @FunctionalInterface
  private interface BooleanConsumer {
    void accept(boolean value);
  }

  private static void add(Table module, String name, NativeBody body) {
    int most = name.equals("encode_sparse_array") ? 3 : 1;
    module.rawset(
        name,
        NativeFunction.of(
            name,
            args -> {
              if (args.narg() > most) {
                throw LuaErrors.argument(most + 1, "found too many arguments");
              }
              return body.call(args);
            }));
  }

  private static LuaNumber number(int value) {
    return LuaNumbers.of((long) value);
  }

  private Varargs sparseArray(Varargs args) {
    boolean convert = args.narg() < 1 ? config.sparseConvert : flag(args, config.sparseConvert);
    config.sparseConvert = convert;
    config.sparseRatio = integer(args, 2, 0, Integer.MAX_VALUE, config.sparseRatio);
    config.sparseSafe = integer(args, 3, 0, Integer.MAX_VALUE, config.sparseSafe);
    return varargsOf(
        new LuaValue[] {
          LuaValue.valueOf(convert), number(config.sparseRatio), number(config.sparseSafe)
        });
  }

  private Varargs encodeInvalid(Varargs args) {
    if (!LuaArgs.isNoneOrNil(args, 1)) {
      boolean isNull = args.arg1().isstring() && LuaText.latin1(args.arg1()).equals("null");
      config.encodeInvalid =
          isNull
              ? InvalidNumbers.NULL
              : flag(args, false) ? InvalidNumbers.WRITE : InvalidNumbers.REFUSE;
    }
    return switch (config.encodeInvalid) {
      case REFUSE -> LuaValue.FALSE;
      case WRITE -> LuaValue.TRUE;
      case NULL -> LuaText.of("null");
    };
  }

  private static int integer(Varargs args, int index, int least, int most, int current) {
    if (LuaArgs.isNoneOrNil(args, index)) {
      return current;
    }
    double value = LuaArgs.checkNumber(args, index);
    if (value < least || value > most) {
      // lua-cjson blames the first argument whichever it is.
      throw LuaErrors.argument(1, "expected integer between " + least + " and " + most);
    }
    return (int) value;
  }

  private static boolean flag(Varargs args, boolean current) {
    if (LuaArgs.isNoneOrNil(args, 1)) {
      return current;
    }
    LuaValue value = args.arg1();
    if (value.isboolean()) {
      return value.toboolean();
    }
    String text = LuaArgs.checkText(args, 1);
    return switch (text) {
      case "on" -> true;
      case "off" -> false;
      default -> throw LuaErrors.argument(1, "invalid option '" + text + "'");
    };
  }
}
