package dev.banyan.lua.ngx;

import dev.banyan.api.Journal;
import dev.banyan.lua.LuaText;
import dev.banyan.lua.LuaVm;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** Notes calls of shared dicts in the journals of shadowed calls, in the terms of a port. */
final class DictNotes {
  private static final int OVERHEAD = 64;

  private DictNotes() {}

  /** Notes a call {@code dict:operation(key, ...)} with what Lua gave and got. */
  static void note(LuaVm vm, String dict, String operation, Varargs args, Varargs answer) {
    Execution.note(
        vm,
        OVERHEAD + weight(args.arg(3)) + weight(answer.arg1()),
        () -> {
          List<@Nullable Object> rest = new ArrayList<>();
          for (int i = 3; i <= args.narg(); i++) {
            rest.add(plain(args.arg(i)));
          }
          return new Journal.Entry.DictCall(
              dict,
              operation.replace("safe_", ""),
              args.arg(2).isnil() ? "" : LuaText.latin1(args.arg(2)),
              rest,
              answer(operation, answer));
        });
  }

  /** Notes the keys that were listed. */
  static void keys(LuaVm vm, String dict, List<String> keys) {
    Execution.note(
        vm,
        OVERHEAD * (keys.size() + 1),
        () -> new Journal.Entry.DictCall(dict, "keys", "", List.of(), List.copyOf(keys)));
  }

  private static @Nullable Object answer(String operation, Varargs answer) {
    return switch (operation) {
      case "get", "ttl" -> plain(answer.arg1());
      case "incr" -> answer.arg1().isnil() ? plain(answer.arg(2)) : plain(answer.arg1());
      case "expire" -> answer.arg1().toboolean();
      default -> answer.arg1().toboolean() ? null : plain(answer.arg(2));
    };
  }

  private static int weight(LuaValue value) {
    return value instanceof LuaString text ? text.m_length : Double.BYTES;
  }

  private static @Nullable Object plain(LuaValue value) {
    if (value instanceof LuaString) {
      return LuaText.latin1(value);
    }
    if (value instanceof LuaNumber) {
      return value.todouble();
    }
    return value.isboolean() ? (Object) value.toboolean() : null;
  }
}
