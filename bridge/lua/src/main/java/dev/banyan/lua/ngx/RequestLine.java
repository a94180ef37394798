package dev.banyan.lua.ngx;

import static org.luaj.vm2.LuaValue.NIL;
import static org.luaj.vm2.LuaValue.NONE;
import static org.luaj.vm2.LuaValue.varargsOf;

import dev.banyan.api.Phase;
import dev.banyan.lua.LuaArgs;
import dev.banyan.lua.LuaErrors;
import dev.banyan.lua.LuaNumbers;
import dev.banyan.lua.LuaText;
import dev.banyan.lua.Table;
import dev.banyan.lua.ngx.text.FieldEscape;
import java.nio.charset.StandardCharsets;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The request line under {@code ngx.req}: method, URI, arguments, version. */
final class RequestLine {
  private static final int CLEARED_FIELDS = 4;

  private RequestLine() {}

  static void open(Bindings bindings) {
    bindings.function("ngx.req.get_method", (x, args) -> LuaText.of(x.request().method()));
    bindings.function("ngx.req.set_method", RequestLine::setMethod);
    bindings.function("ngx.req.is_internal", (x, a) -> LuaValue.valueOf(x.request().internal()));
    bindings.function("ngx.req.start_time", (x, a) -> LuaNumbers.of(x.request().startTime()));
    bindings.function("ngx.req.http_version", (x, a) -> LuaNumbers.of(x.request().httpVersion()));
    bindings.function("ngx.req.raw_header", RequestLine::rawHeader);
    bindings.function("ngx.req.set_uri", RequestLine::setUri);
    bindings.function("ngx.req.set_uri_args", RequestLine::setArgs);
    bindings.function("ngx.req.get_uri_args", RequestLine::getArgs);
  }

  private static Varargs setMethod(Execution x, Varargs args) {
    if (!(args.arg1() instanceof LuaNumber number)) {
      throw LuaErrors.raise("bad method number");
    }
    int code = (int) number.todouble();
    String method = Methods.name(code);
    if (method == null) {
      throw LuaErrors.raise("unsupported HTTP method: " + LuaText.display(number));
    }
    x.request().method(method);
    return NONE;
  }

  private static Varargs rawHeader(Execution x, Varargs args) {
    if (x.request().httpVersion() >= 2) {
      throw LuaErrors.raise("http2 requests not supported yet");
    }
    return LuaText.of(x.request().rawHead(!args.arg1().toboolean()));
  }

  private static Varargs setUri(Execution x, Varargs args) {
    int count = args.narg();
    if (count < 1 || count > 3) {
      throw LuaErrors.raise("expecting 1, 2 or 3 arguments but seen " + count);
    }
    RequestHost request = x.request();
    String uri = LuaArgs.checkText(args, 1);
    if (uri.isEmpty()) {
      throw LuaErrors.raise("attempt to use zero-length uri");
    }
    boolean binary = count == 3 && LuaArgs.checkBoolean(args, 3);
    if (!binary) {
      UnsafeBytes.refuse(uri, "uri", " (maybe you want to set the 'binary' argument?)");
    }
    boolean jump = count >= 2 && LuaArgs.checkBoolean(args, 2);
    if (jump && x.phase != Phase.REWRITE && x.phase != Phase.SERVER_REWRITE) {
      throw LuaErrors.raise("API disabled in the context of " + ApiGate.context(x.phase));
    }
    if (jump) {
      Control.requireAbortable(x);
    }
    request.uri(uri);
    if (jump) {
      throw new NgxSignal(new Outcome.Jump(uri));
    }
    return NONE;
  }

  private static Varargs setArgs(Execution x, Varargs args) {
    if (args.narg() != 1) {
      throw LuaErrors.raise("expecting 1 argument but seen " + args.narg());
    }
    x.request().args(FieldEscape.ARGS.escape(argsText(args.arg1(), 1)));
    return NONE;
  }

  /** An argument string given as text or as a table. */
  static String argsText(LuaValue value, int argument) {
    if (value.isstring()) {
      return LuaText.latin1(value);
    }
    if (value instanceof LuaTable table) {
      return LuaText.latin1(ArgsText.encode(table));
    }
    throw LuaErrors.argument(
        argument, "string, number, or table expected, but got " + value.typename());
  }

  private static Varargs getArgs(Execution x, Varargs args) {
    byte[] raw = x.request().args().getBytes(StandardCharsets.ISO_8859_1);
    int most = most(args, "ngx_http_lua_ffi_req_get_uri_args_count");
    LuaTable table = args.arg(2).toboolean() ? cleared(args.arg(2)) : fresh();
    ArgsText.readNamed(raw, most, table);
    // nginx counts the separators first, and those of empty arguments too
    return most > 0 && separators(raw) >= most ? truncated(table) : table;
  }

  private static int separators(byte[] raw) {
    int count = 0;
    for (byte b : raw) {
      count += b == '&' ? 1 : 0;
    }
    return count;
  }

  private static Varargs truncated(LuaValue table) {
    return varargsOf(table, LuaText.of("truncated"));
  }

  /** How many the first of {@code args} asks a function of C for; 0 for all. */
  static int most(Varargs args, String function) {
    int most = args.arg1().toboolean() ? Coerce.toInt(args.arg1(), 2, function) : -1;
    return most < 0 ? ArgsText.MOST_ARGS : most;
  }

  /** How many arguments the first of {@code args} asks for; 0 for all. */
  static int most(Varargs args) {
    int most = args.arg1().toboolean() ? LuaArgs.checkInt(args, 1) : ArgsText.MOST_ARGS;
    return most < 0 ? ArgsText.MOST_ARGS : most;
  }

  /** The arguments in {@code raw}, {@code most} of them. */
  static Varargs table(byte[] raw, int most) {
    LuaTable table = fresh();
    return ArgsText.read(raw, 0, raw.length, most, table) ? truncated(table) : table;
  }

  private static LuaTable fresh() {
    return new Table(0, CLEARED_FIELDS);
  }

  private static LuaTable cleared(LuaValue given) {
    if (!(given instanceof LuaTable table)) {
      throw LuaErrors.raise(
          "bad argument #1 to 'clear_tab' (table expected, got " + given.typename() + ")");
    }
    if (table instanceof Table own) {
      own.clear();
    } else {
      for (LuaValue key : table.keys()) {
        table.rawset(key, NIL);
      }
    }
    return table;
  }
}
