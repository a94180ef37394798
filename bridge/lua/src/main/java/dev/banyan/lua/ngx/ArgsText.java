package dev.banyan.lua.ngx;

import static org.luaj.vm2.LuaValue.NIL;
import static org.luaj.vm2.LuaValue.varargsOf;

import dev.banyan.lua.LuaArgs;
import dev.banyan.lua.LuaErrors;
import dev.banyan.lua.LuaText;
import dev.banyan.lua.Table;
import dev.banyan.lua.ngx.text.QueryArgs;
import dev.banyan.lua.ngx.text.UriEscape;
import java.io.ByteArrayOutputStream;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** Argument strings as Lua tables and back. */
public final class ArgsText {
  /** How many arguments are read when nothing else is said. */
  public static final int MOST_ARGS = 100;

  private static final LuaString TRUNCATED = LuaText.of("truncated");

  private ArgsText() {}

  static Varargs encode(Varargs args) {
    if (args.narg() != 1) {
      throw LuaErrors.raise("expecting 1 argument but seen " + args.narg());
    }
    return encode(LuaArgs.checkTable(args, 1));
  }

  /**
   * An argument string of a table: the values of a table repeat the name, true is a name alone,
   * false is left out.
   */
  public static LuaString encode(LuaTable table) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (Varargs entry = table.next(NIL); !entry.arg1().isnil(); entry = table.next(entry.arg1())) {
      if (!(entry.arg1() instanceof LuaString name)) {
        throw LuaErrors.raise("attempt to use a non-string key in the \"args\" option table");
      }
      if (entry.arg(2) instanceof LuaTable list) {
        for (Varargs item = list.next(NIL); !item.arg1().isnil(); item = list.next(item.arg1())) {
          add(name, item.arg(2), out);
        }
      } else {
        add(name, entry.arg(2), out);
      }
    }
    return LuaString.valueUsing(out.toByteArray());
  }

  private static void add(LuaString name, LuaValue value, ByteArrayOutputStream out) {
    boolean named = value instanceof LuaString || value instanceof LuaNumber;
    if (!named && !value.isboolean()) {
      throw LuaErrors.raise("attempt to use " + value.typename() + " as query arg value");
    }
    if (!value.toboolean()) {
      return;
    }
    if (out.size() > 0) {
      out.write('&');
    }
    escape(name, out);
    if (named) {
      out.write('=');
      escape(LuaText.string(value), out);
    }
  }

  private static void escape(LuaString text, ByteArrayOutputStream out) {
    out.writeBytes(UriEscape.COMPONENT.escape(text.m_bytes, text.m_offset, text.m_length));
  }

  static Varargs decode(Varargs args) {
    if (args.narg() != 1 && args.narg() != 2) {
      throw LuaErrors.raise("expecting 1 or 2 arguments but seen " + args.narg());
    }
    LuaString text = LuaArgs.checkString(args, 1);
    int most = args.narg() == 2 ? LuaArgs.checkInt(args, 2) : MOST_ARGS;
    Table table = new Table();
    return read(text.m_bytes, text.m_offset, text.m_length, most, table)
        ? varargsOf(table, TRUNCATED)
        : table;
  }

  /**
   * Reads an argument string into a table: a repeated name gets a list of its values.
   *
   * @param most how many arguments are read; 0 or less for all
   * @return whether there were more
   */
  public static boolean read(byte[] bytes, int offset, int length, int most, LuaTable into) {
    return QueryArgs.read(
        bytes,
        offset,
        length,
        most,
        (name, value) ->
            append(
                into,
                LuaString.valueUsing(name),
                value == null ? LuaValue.TRUE : LuaString.valueUsing(value)));
  }

  /**
   * The same for a request's arguments, of which those without a name don't count.
   *
   * @param most how many arguments are read; 0 for all
   */
  static void readNamed(byte[] bytes, int most, LuaTable into) {
    int[] count = new int[1];
    QueryArgs.read(
        bytes,
        0,
        bytes.length,
        0,
        (name, value) -> {
          if (most == 0 || count[0]++ < most) {
            append(
                into,
                LuaString.valueUsing(name),
                value == null ? LuaValue.TRUE : LuaString.valueUsing(value));
          }
        });
  }

  /** Sets a field, or makes a list of the values of a field that is set again. */
  public static void append(LuaTable table, LuaString name, LuaValue value) {
    LuaValue old = table.rawget(name);
    if (old.isnil()) {
      table.rawset(name, value);
    } else if (old instanceof LuaTable list) {
      list.rawset(list.rawlen() + 1, value);
    } else {
      Table list = new Table(4, 0);
      list.rawset(1, old);
      list.rawset(2, value);
      table.rawset(name, list);
    }
  }
}
