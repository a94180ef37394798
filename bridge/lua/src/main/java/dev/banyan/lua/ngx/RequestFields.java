package dev.banyan.lua.ngx;

import static org.luaj.vm2.LuaValue.NIL;
import static org.luaj.vm2.LuaValue.NONE;
import static org.luaj.vm2.LuaValue.varargsOf;

import dev.banyan.api.FieldNames;
import dev.banyan.api.Headers;
import dev.banyan.lua.LuaArgs;
import dev.banyan.lua.LuaErrors;
import dev.banyan.lua.LuaText;
import dev.banyan.lua.LuaVm;
import dev.banyan.lua.NativeFunction;
import dev.banyan.lua.Semantics;
import dev.banyan.lua.Table;
import dev.banyan.lua.ngx.text.FieldEscape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** Owned by one machine: header fields of the request, and tables of header fields. */
final class RequestFields {
  private static final int MOST_FIELDS = 100;
  private static final int LONGEST_LENGTH = 18; // digits that a file's size has at most

  /** Of these nginx keeps one. */
  private static final FieldNames SINGLE =
      FieldNames.of(
          "host",
          "content-length",
          "content-type",
          "connection",
          "user-agent",
          "range",
          "if-modified-since",
          "if-range",
          "referer",
          "authorization",
          "expect",
          "keep-alive",
          "transfer-encoding");

  private static final LuaString TRUNCATED = LuaText.of("truncated");

  private final LuaVm vm;
  private final Table lenient = new Table();

  private RequestFields(LuaVm vm) {
    this.vm = vm;
    lenient.rawset(LuaValue.INDEX, NativeFunction.two("__index", this::findLeniently));
  }

  static void open(Bindings bindings) {
    RequestFields fields = new RequestFields(bindings.vm());
    bindings.function(
        "ngx.req.get_headers",
        (x, args) ->
            fields.table(
                new Headers(),
                x.request().requestHeaders(),
                RequestLine.most(args, "ngx_http_lua_ffi_req_get_headers_count"),
                args));
    bindings.function(
        "ngx.resp.get_headers",
        (x, args) ->
            fields.table(
                ResponseFields.own(x.request()),
                ResponseFields.listed(x.request()),
                checkedMost(args),
                args));
    bindings.function("ngx.req.set_header", (x, args) -> fields.set(x, args, true));
    bindings.function("ngx.req.clear_header", fields::clear);
    Table module = new Table();
    module.rawset("version", LuaText.of("0.1.25"));
    module.rawset(
        "add_header",
        bindings.method("ngx.req:add_header", (x, args) -> fields.set(x, args, false)));
    bindings.vm().preload("ngx.req", () -> module);
  }

  /** Of a response even false has to be a number, where a request's are then the usual ones. */
  private static int checkedMost(Varargs args) {
    int most = LuaArgs.optInt(args, 1, MOST_FIELDS);
    return most < 0 ? MOST_FIELDS : most;
  }

  private LuaValue findLeniently(LuaValue table, LuaValue key) {
    if (!key.isstring()) {
      throw LuaErrors.bare(
          "bad argument #1 to 'lower' (string expected, got " + key.typename() + ")");
    }
    if (!(table instanceof LuaTable fields)) {
      return NIL;
    }
    String name = LuaText.latin1(key).toLowerCase(Locale.ROOT).replace('_', '-');
    return fields.rawget(vm.text(name));
  }

  /** The fields as a table: those that nginx writes itself, and of the others what is left. */
  private Varargs table(Headers own, Headers headers, int most, Varargs args) {
    boolean raw = args.arg(2).toboolean();
    boolean truncated = most > 0 && own.size() + headers.size() > most;
    int room = truncated ? Math.max(1, most - own.size()) : headers.size();
    int count = Math.min(room, headers.size());
    Table table = new Table(0, own.size() + count);
    own.forEach((name, value) -> table.rawset(vm.text(name), vm.text(value)));
    for (int i = 0; i < count; i++) {
      String name = raw ? headers.name(i) : headers.name(i).toLowerCase(Locale.ROOT);
      ArgsText.append(table, vm.text(name), vm.text(headers.value(i)));
    }
    if (!raw) {
      table.setmetatable(lenient);
    }
    return truncated ? varargsOf(table, TRUNCATED) : table;
  }

  private Varargs set(Execution x, Varargs args, boolean override) {
    if (args.arg1().isnil()) {
      throw LuaErrors.raise("bad 'name' argument: string expected, got nil");
    }
    List<String> values = values(args.arg(2), override);
    write(x.request(), text(args.arg1()), values, override);
    return NONE;
  }

  private List<String> values(LuaValue value, boolean override) {
    List<String> values = new ArrayList<>(1);
    if (value.isnil()) {
      if (!override) {
        throw LuaErrors.raise("bad 'value' argument: string or table expected, got nil");
      }
    } else if (value instanceof LuaTable list) {
      int count = list.rawlen();
      if (count == 0 && !override) {
        throw LuaErrors.raise("bad 'value' argument: non-empty table expected");
      }
      for (int i = 1; i <= count; i++) {
        values.add(text(list.get(i)));
      }
    } else {
      values.add(text(value));
    }
    return values;
  }

  private Varargs clear(Execution x, Varargs args) {
    write(x.request(), text(args.arg1()), List.of(), true);
    return NONE;
  }

  /** Replaces the fields of that name; null removes them. */
  static void set(RequestHost request, String key, @Nullable String value) {
    if (request.httpVersion() < 1) {
      return;
    }
    String name = FieldEscape.NAME.escape(key);
    if (value == null) {
      request.requestHeaders().remove(name);
    } else {
      write(request, name, value, true);
    }
  }

  private static void write(
      RequestHost request, String key, List<String> values, boolean override) {
    if (request.httpVersion() < 1) {
      return;
    }
    String name = FieldEscape.NAME.escape(key);
    if (values.isEmpty()) {
      request.requestHeaders().remove(name);
      return;
    }
    boolean replace = override || SINGLE.contains(name);
    for (String value : values) {
      write(request, name, value, replace);
      replace = SINGLE.contains(name);
    }
  }

  private static void write(RequestHost request, String name, String value, boolean replace) {
    Headers headers = request.requestHeaders();
    String escaped = FieldEscape.VALUE.escape(value);
    if (!accepts(request, name, escaped)) {
      throw LuaErrors.raise("failed to set header");
    }
    if (replace && escaped.isEmpty()) {
      headers.remove(name);
    } else if (replace) {
      headers.setValue(name, escaped); // as ngx_http_set_header_helper, which leaves the key
    } else {
      headers.add(name, escaped);
    }
  }

  /** Two fields have effects of their own, and take only what these can be taken from. */
  static boolean accepts(RequestHost request, String name, String value) {
    if (value.isEmpty()) {
      return true;
    }
    return switch (name.length()) {
      case 4 -> !name.equalsIgnoreCase("Host") || request.acceptsHost(value);
      case 14 -> !name.equalsIgnoreCase("Content-Length") || isLength(value);
      default -> true;
    };
  }

  private static boolean isLength(String value) {
    return value.length() <= LONGEST_LENGTH && value.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private String text(LuaValue value) {
    return LuaText.latin1(value instanceof LuaString ? value : Semantics.tostring(vm, value));
  }
}
