package dev.banyan.lua.ngx;

import static org.luaj.vm2.LuaValue.NIL;

import dev.banyan.lua.LuaErrors;
import dev.banyan.lua.LuaText;
import dev.banyan.lua.LuaVm;
import dev.banyan.lua.Semantics;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** Used within one call: reads the options of a subrequest. */
final class CaptureOptions {
  private final LuaVm vm;
  private final LuaTable options;

  private CaptureOptions(LuaVm vm, LuaTable options) {
    this.vm = vm;
    this.options = options;
  }

  /** The subrequest for a URI with options, the {@code index}th of its call. */
  static RequestHost.Subrequest request(
      LuaVm vm, int index, LuaValue uri, boolean withOptions, LuaValue options) {
    if (!withOptions) {
      if (uri.isnil()) {
        throw LuaErrors.raise("query argument " + index + " expecting one or two arguments");
      }
      LocationUri plain = target(uri);
      return new RequestHost.Subrequest(
          "GET", plain.path(), asked(uri, plain.args()), null, false, null, false, false, null);
    }
    if (!(options instanceof LuaTable table)) {
      throw LuaErrors.raise(
          "expecting table as the 2nd argument for subrequest "
              + index
              + ", but got "
              + options.typename());
    }
    return new CaptureOptions(vm, table).request(uri);
  }

  private RequestHost.Subrequest request(LuaValue uri) {
    String args = args();
    List<RequestHost.Variable> vars = vars();
    boolean share = flag("share_all_vars");
    boolean copy = flag("copy_all_vars");
    boolean forward = get("always_forward_body").toboolean();
    String method = method();
    RequestState state = ctx();
    byte[] body = body();
    LocationUri target = target(uri);
    String joined =
        args.isEmpty()
            ? target.args()
            : target.args().isEmpty() ? args : target.args() + "&" + args;
    return new RequestHost.Subrequest(
        method, target.path(), asked(uri, joined), body, forward, vars, copy, share, state);
  }

  /** Arguments; null where there are none and no question mark says that they are empty. */
  private static @Nullable String asked(LuaValue uri, String args) {
    return args.isEmpty() && LuaText.latin1(uri).indexOf('?') < 0 ? null : args;
  }

  private static LocationUri target(LuaValue uri) {
    if (!uri.isstring()) {
      throw LuaErrors.argument(3, "string expected, got " + uri.typename());
    }
    String text = LuaText.latin1(uri);
    LocationUri target = LocationUri.parse(text);
    if (target == null) {
      throw LuaErrors.raise("unsafe uri in argument #1: " + text);
    }
    return target;
  }

  private LuaValue get(String name) {
    return Semantics.index(vm, options, LuaText.of(name));
  }

  private String args() {
    LuaValue value = get("args");
    if (value.isnil()) {
      return "";
    }
    if (!value.isstring() && !(value instanceof LuaTable)) {
      throw LuaErrors.raise("Bad args option value");
    }
    return RequestLine.argsText(value, 2);
  }

  private @Nullable List<RequestHost.Variable> vars() {
    LuaValue value = get("vars");
    if (value.isnil()) {
      return null;
    }
    if (!(value instanceof LuaTable table)) {
      throw LuaErrors.raise("Bad vars option value");
    }
    List<RequestHost.Variable> vars = new ArrayList<>();
    for (Varargs entry = table.next(NIL); !entry.arg1().isnil(); entry = table.next(entry.arg1())) {
      if (!(entry.arg1() instanceof LuaString name)) {
        throw LuaErrors.raise("attempt to use a non-string key in the \"vars\" option table");
      }
      if (!entry.arg(2).isstring()) {
        throw LuaErrors.raise("attempt to use bad variable value type " + entry.arg(2).typename());
      }
      vars.add(new RequestHost.Variable(LuaText.latin1(name), LuaText.latin1(entry.arg(2))));
    }
    return vars;
  }

  private boolean flag(String name) {
    LuaValue value = get(name);
    if (!value.isnil() && !value.isboolean()) {
      throw LuaErrors.raise("Bad " + name + " option value");
    }
    return value.toboolean();
  }

  private String method() {
    LuaValue value = get("method");
    if (value.isnil()) {
      return "GET";
    }
    if (!(value instanceof LuaNumber number)) {
      throw LuaErrors.raise("Bad http request method");
    }
    String name = Methods.name((int) number.todouble());
    if (name == null) {
      throw LuaErrors.raise("failed to adjust the subrequest: -1");
    }
    return name;
  }

  private @Nullable RequestState ctx() {
    LuaValue value = get("ctx");
    if (value.isnil()) {
      return null;
    }
    if (!(value instanceof LuaTable table)) {
      throw LuaErrors.raise(
          "Bad ctx option value type " + value.typename() + ", expected a Lua table");
    }
    RequestState state = new RequestState();
    state.ctx = table;
    return state;
  }

  private byte @Nullable [] body() {
    LuaValue value = get("body");
    if (value.isnil()) {
      return null;
    }
    if (!value.isstring()) {
      throw LuaErrors.raise("Bad http request body");
    }
    return LuaText.bytes(value);
  }
}
