package dev.banyan.benchmarks.edge;

import static org.luaj.vm2.LuaValue.NONE;
import static org.luaj.vm2.LuaValue.varargsOf;

import dev.banyan.lua.LuaText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * Owned by one engine: the sample legacy's handlers in nginx's order, from the request's id to the
 * log line, for each request of the mix.
 */
public final class EdgePipeline {
  private static final LuaString UID = LuaText.of("request_uid");

  private final Engine engine;
  private final NgxStub ngx;
  private final LuaFunction uid;
  private final LuaFunction rewrite;
  private final LuaFunction access;
  private final LuaFunction balance;
  private final LuaFunction headerFilter;
  private final LuaFunction bodyFilter;
  private final LuaFunction log;
  private final List<Exchange> mix = new ArrayList<>();
  private LuaValue line = LuaValue.NIL;

  private EdgePipeline(Engine engine, ReStub.Mode mode, Path legacy) {
    this.engine = engine;
    this.ngx = new NgxStub(engine, mode, legacy + "/");
    install(legacy);
    engine.call(handlers("init", "master"), NONE);
    uid = load("return require('edge.util').request_uid()");
    rewrite = handlers("tenant", "rewrite", "redirects", "rewrite", "transform", "rewrite");
    access =
        handlers(
            "firewall",
            "access",
            "bot",
            "access",
            "rate_limit",
            "access",
            "waf",
            "access",
            "token_auth",
            "access",
            "cache_key",
            "access",
            "routing",
            "access");
    balance = handlers("routing", "balance");
    headerFilter =
        handlers(
            "transform", "header_filter",
            "security_headers", "header_filter",
            "body_filter", "header_filter");
    bodyFilter = handlers("body_filter", "body_filter");
    log = handlers("access_log", "log");
    String token =
        LuaText.latin1(
            engine
                .call(
                    load(
                        "return require('edge.token_auth').sign('ann', 2000000000, 'read+write',"
                            + " 's3cret-t001-9e3779b1')"),
                    NONE)
                .arg1());
    RequestMix.requests(token).forEach(request -> mix.add(Exchange.of(request)));
  }

  /** The pipeline on a fresh engine, its matches looked up instead of searched. */
  public static EdgePipeline recalling(Engine.Kind kind, Path legacy) {
    return new EdgePipeline(kind.open(), ReStub.Mode.RECALLED, legacy);
  }

  /** The pipeline on a fresh engine, its matches searched by PCRE2. */
  public static EdgePipeline searching(Engine.Kind kind, Path legacy) {
    return new EdgePipeline(kind.open(), ReStub.Mode.SEARCHED, legacy);
  }

  private void install(Path legacy) {
    LuaTable globals = engine.globals();
    globals.set("ngx", ngx.table());
    LuaValue packages = globals.get("package");
    packages.set("path", LuaText.of(legacy + "/lua/?.lua"));
    packages.get("loaded").set("cjson.safe", new JsonStub(engine).table());
    LuaTable balancer = engine.newTable();
    for (String name : new String[] {"set_more_tries", "set_current_peer", "get_last_failure"}) {
      balancer.set(name, new Native(args -> LuaValue.TRUE));
    }
    packages.get("loaded").set("ngx.balancer", balancer);
    LuaValue open = globals.get("io").get("open");
    LuaTable file = engine.newTable();
    file.set("setvbuf", new Native(args -> NONE));
    file.set("write", new Native(this::write));
    globals
        .get("io")
        .set(
            "open",
            new Native(args ->
                Native.text(args, 1).endsWith(".log") || isLog(args) ? file : open.invoke(args)));
  }

  private static boolean isLog(Varargs args) {
    return Native.text(args, 1).endsWith("edge.json");
  }

  private Varargs write(Varargs args) {
    line = args.arg(2);
    return LuaValue.TRUE;
  }

  private LuaFunction load(String source) {
    return engine.load(source, "=handler");
  }

  private LuaFunction handlers(String... calls) {
    StringBuilder source = new StringBuilder();
    for (int i = 0; i < calls.length; i += 2) {
      source.append("require('edge." + calls[i] + "')." + calls[i + 1] + "()\n");
    }
    return load(source.toString());
  }

  /** How many requests the mix has. */
  public int size() {
    return mix.size();
  }

  /** Handles all requests of the mix; answers the last log line. */
  public LuaValue run() {
    for (Exchange exchange : mix) {
      handle(exchange);
    }
    return line;
  }

  /** What each request of the mix changed, for comparison between engines. */
  public List<String> effects() {
    List<String> effects = new ArrayList<>();
    for (Exchange exchange : mix) {
      LuaValue body = handle(exchange);
      effects.add(ngx.effects() + LuaText.latin1(body) + LuaText.latin1(line));
    }
    return effects;
  }

  /** The log line of each request. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (Exchange exchange : mix) {
      handle(exchange);
      lines.add(LuaText.latin1(line));
    }
    return lines;
  }

  private LuaValue handle(Exchange exchange) {
    ngx.begin(exchange);
    ngx.setVariable(UID, engine.call(uid, NONE).arg1());
    int status = 200;
    try {
      engine.call(rewrite, NONE);
      engine.call(access, NONE);
      engine.call(balance, NONE);
    } catch (Ending end) {
      status = end.status();
    }
    ngx.answer(status, exchange.answer());
    engine.call(headerFilter, NONE);
    LuaValue sent = LuaValue.NIL;
    if (status == 200) {
      int count = exchange.pieces().size();
      for (int i = 0; i < count; i++) {
        ngx.piece(exchange.pieces().get(i), LuaValue.valueOf(i == count - 1));
        engine.call(bodyFilter, NONE);
        sent = ngx.piece();
      }
    }
    engine.call(log, varargsOf(NONE, NONE));
    return sent;
  }
}
