package dev.banyan.lua.ngx;

import static org.luaj.vm2.LuaValue.varargsOf;

import dev.banyan.api.Headers;
import dev.banyan.lua.LuaArgs;
import dev.banyan.lua.LuaErrors;
import dev.banyan.lua.LuaNumbers;
import dev.banyan.lua.LuaText;
import dev.banyan.lua.LuaVm;
import dev.banyan.lua.Table;
import java.util.ArrayList;
import java.util.List;
import org.luaj.vm2.LuaInteger;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** Owned by one machine: {@code ngx.location.capture} and {@code capture_multi}. */
final class CaptureApi {
  private static final LuaString STATUS = LuaText.of("status");
  private static final LuaString BODY = LuaText.of("body");
  private static final String TYPE = "Content-Type";
  private static final LuaString HEADER = LuaText.of("header");
  private static final LuaString TRUNCATED = LuaText.of("truncated");

  private CaptureApi() {}

  static void open(Bindings bindings) {
    CaptureApi api = new CaptureApi();
    LuaVm vm = bindings.vm();
    bindings.function("ngx.location.capture", (x, args) -> api.capture(vm, x, args));
    bindings.function("ngx.location.capture_multi", (x, args) -> api.captureMulti(vm, x, args));
  }

  private Varargs capture(LuaVm vm, Execution x, Varargs args) {
    int count = args.narg();
    if (count != 1 && count != 2) {
      throw LuaErrors.raise("expecting one or two arguments");
    }
    boolean withOptions = !args.arg(2).isnil();
    return run(x, List.of(CaptureOptions.request(vm, 0, args.arg1(), withOptions, args.arg(2))));
  }

  private Varargs captureMulti(LuaVm vm, Execution x, Varargs args) {
    if (args.narg() != 1) {
      throw LuaErrors.raise("only one argument is expected, but got " + args.narg());
    }
    LuaTable list = LuaArgs.checkTable(args, 1);
    int count = list.rawlen();
    if (count == 0) {
      throw LuaErrors.raise("at least one subrequest should be specified");
    }
    List<RequestHost.Subrequest> requests = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      LuaValue query = list.rawget(i + 1);
      if (query.isnil()) {
        throw LuaErrors.raise("only array-like tables are allowed");
      }
      if (!(query instanceof LuaTable fields)) {
        throw LuaErrors.raise(
            "the query argument " + i + " is not a table, but a " + query.typename());
      }
      int length = fields.rawlen();
      if (length != 1 && length != 2) {
        throw LuaErrors.raise("query argument " + i + " expecting one or two arguments");
      }
      requests.add(CaptureOptions.request(vm, i, fields.rawget(1), length == 2, fields.rawget(2)));
    }
    return run(x, requests);
  }

  private Varargs run(Execution x, List<RequestHost.Subrequest> requests) {
    x.checkSuspendable();
    LightThread thread = x.currentThread();
    x.pendingCaptures += requests.size();
    thread.pendingCaptures += requests.size();
    List<RequestHost.Captured> answers;
    try {
      answers = x.request().capture(requests);
    } catch (NgxFailure e) {
      throw LuaErrors.raise(String.valueOf(e.getMessage()));
    } finally {
      x.pendingCaptures -= requests.size();
      thread.pendingCaptures -= requests.size();
    }
    LuaValue[] results = new LuaValue[answers.size()];
    for (int i = 0; i < results.length; i++) {
      results[i] = result(answers.get(i));
    }
    return varargsOf(results);
  }

  /** The length that the server tells is a number; one that Lua wrote keeps its name and text. */
  private static LuaValue value(String name, String text) {
    LuaNumber length = name.equals("Content-Length") ? LuaNumbers.parse(LuaText.of(text)) : null;
    return length == null ? LuaText.of(text) : length;
  }

  private Table result(RequestHost.Captured answer) {
    Table result = new Table(0, 4);
    result.rawset(STATUS, LuaInteger.valueOf(answer.status()));
    result.rawset(BODY, LuaString.valueUsing(answer.body()));
    result.rawset(TRUNCATED, LuaValue.valueOf(answer.truncated()));
    Headers headers = answer.headers();
    Table fields = new Table(0, headers.size());
    for (int i = 0; i < headers.size(); i++) {
      String name = headers.name(i);
      name = name.equalsIgnoreCase(TYPE) ? TYPE : name; // nginx keeps it apart, by no name of Lua's
      ArgsText.append(fields, LuaText.of(name), value(name, headers.value(i)));
    }
    result.rawset(HEADER, fields);
    return result;
  }
}
