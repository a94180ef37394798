package dev.banyan.benchmarks.edge;

import static org.luaj.vm2.LuaValue.FALSE;
import static org.luaj.vm2.LuaValue.NONE;
import static org.luaj.vm2.LuaValue.TRUE;

import dev.banyan.lua.LuaText;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** Owned by one engine: the {@code ngx} that the sample legacy sees, without a server around it. */
final class NgxStub {
  private static final LuaString CTX = LuaText.of("ctx");
  private static final LuaString STATUS = LuaText.of("status");

  private final Engine engine;
  private final LuaTable ngx;
  private final ReStub re;
  private final FieldTable variables = FieldTable.exact();
  private final FieldTable header = FieldTable.headers();
  private final FieldTable arg = FieldTable.exact();
  private final Map<LuaValue, LuaValue> set = new HashMap<>();
  private final StringBuilder printed = new StringBuilder();
  private List<LuaValue> arguments = List.of();
  private Exchange exchange =
      Exchange.of(new EdgeRequest("", "", "", "", Map.of(), "", Map.of(), List.of()));
  // soon after the epoch: stock LuaJ's %d cuts numbers to 32 bits
  private long millis = 1_000_000;

  NgxStub(Engine engine, ReStub.Mode mode, String prefix) {
    this.engine = engine;
    this.ngx = engine.newTable();
    ngx.set("var", variables);
    ngx.set("header", header);
    ngx.set("arg", arg);
    this.re = new ReStub(engine, mode);
    ngx.set("re", re.table());
    LuaTable shared = engine.newTable();
    for (String name : new String[] {"rate_limit", "bans", "counters"}) {
      shared.set(name, new DictStub().table(engine));
    }
    ngx.set("shared", shared);
    LuaTable config = engine.newTable();
    config.set("prefix", new Native(args -> LuaText.of(prefix)));
    ngx.set("config", config);
    for (String constant : new String[] {"ERR", "WARN"}) {
      ngx.set(constant, LuaValue.ONE);
    }
    ngx.set("HTTP_FORBIDDEN", LuaValue.valueOf(403));
    ngx.set("log", new Native(args -> NONE));
    ngx.set("time", new Native(args -> LuaValue.valueOf(Math.floor(millis / 1000.0))));
    ngx.set("now", new Native(args -> LuaValue.valueOf(millis / 1000.0)));
    control();
    TextStub.open(ngx);
    ngx.set("req", req());
  }

  LuaTable table() {
    return ngx;
  }

  private void control() {
    ngx.set("print", new Native(this::print));
    ngx.set("say", new Native(this::print));
    ngx.set("exit", new Native(args -> end(args.arg1().toint())));
    ngx.set("redirect", new Native(this::redirect));
    ngx.set("exec", new Native(args -> end(200)));
  }

  private static Varargs end(int status) {
    throw new Ending(status);
  }

  private Varargs redirect(Varargs args) {
    header.rawset(LuaText.of("Location"), args.arg1());
    return end(args.arg(2).toint());
  }

  private Varargs print(Varargs args) {
    for (int i = 1; i <= args.narg(); i++) {
      printed.append(LuaText.latin1(args.arg(i)));
    }
    return TRUE;
  }

  private LuaTable req() {
    LuaTable req = engine.newTable();
    LuaString method = LuaText.of("request_method");
    LuaString uri = LuaText.of("uri");
    LuaString args = LuaText.of("args");
    req.set("get_method", new Native(a -> variables.rawget(method)));
    req.set("get_uri_args", new Native(a -> arguments()));
    req.set("get_headers", new Native(a -> headers()));
    req.set("set_header", new Native(a -> change(a.arg1(), a.arg(2))));
    req.set("clear_header", new Native(a -> change(a.arg1(), FALSE)));
    req.set("set_uri", new Native(a -> variable(uri, a.arg1())));
    req.set("set_uri_args", new Native(a -> rewrite(args, a.arg1())));
    req.set("read_body", new Native(a -> NONE));
    req.set("get_body_data", new Native(a -> exchange.body()));
    return req;
  }

  private Varargs variable(LuaString name, LuaValue value) {
    variables.rawset(name, value);
    return NONE;
  }

  private Varargs rewrite(LuaString name, LuaValue value) {
    arguments = Exchange.arguments(LuaText.latin1(value));
    return variable(name, value);
  }

  private Varargs change(LuaValue name, LuaValue value) {
    set.put(name, value);
    return NONE;
  }

  private LuaTable arguments() {
    LuaTable table = engine.newTable();
    for (int i = 0; i < arguments.size(); i += 2) {
      table.set(arguments.get(i), arguments.get(i + 1));
    }
    return table;
  }

  private LuaTable headers() {
    LuaTable table = engine.newTable();
    exchange.requestHeaders().forEach(table::set);
    return table;
  }

  // ---- a request's life

  void begin(Exchange next) {
    exchange = next;
    arguments = next.arguments();
    re.begin(next);
    millis++;
    variables.reset(next.variables());
    header.reset(Map.of());
    set.clear();
    printed.setLength(0);
    ngx.rawset(CTX, engine.newTable());
    ngx.rawset(STATUS, LuaValue.ZERO);
  }

  void setVariable(LuaString name, LuaValue value) {
    variables.rawset(name, value);
  }

  void answer(int status, Map<LuaValue, LuaValue> headers) {
    ngx.rawset(STATUS, LuaValue.valueOf(status));
    if (status == 200) {
      header.reset(headers);
    }
  }

  void piece(LuaValue bytes, LuaValue last) {
    arg.rawset(LuaValue.ONE, bytes);
    arg.rawset(LuaValue.valueOf(2), last);
  }

  LuaValue piece() {
    return arg.rawget(LuaValue.ONE);
  }

  /** All that the request changed, for comparison. */
  String effects() {
    Map<String, String> headers = new TreeMap<>();
    set.forEach((name, value) -> headers.put(LuaText.latin1(name), LuaText.latin1(value)));
    return LuaText.latin1(ngx.rawget(STATUS))
        + variables.changes()
        + header.changes()
        + headers
        + printed;
  }
}
