package dev.banyan.nginx;

import dev.banyan.nginx.script.LuaHandler;
import dev.banyan.nginx.script.LuaPhase;
import dev.banyan.nginx.script.Template;
import dev.banyan.nginx.syntax.Directive;
import dev.banyan.nginx.syntax.Units;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Owned by the thread that loads a configuration: builds the {@code http} block. */
final class HttpBuilder {
  private static final String COMBINED =
      "$remote_addr - $remote_user [$time_local] \"$request\" $status $body_bytes_sent"
          + " \"$http_referer\" \"$http_user_agent\"";

  private final Compiler compiler;
  private final Scope http;
  private final List<Directive> directives;

  HttpBuilder(Compiler compiler, List<Directive> directives) {
    this.compiler = compiler;
    this.directives = directives;
    this.http = new Scope(directives, null, compiler);
  }

  HttpConf build() {
    new MapBuilder(compiler, http).defineAll();
    Map<String, LogFormat> formats = formats();
    CharsetReader charsets = new CharsetReader(http);
    ZoneReader zones = new ZoneReader(http);
    new SharedMemory(compiler.problems()).check(directives);
    Map<String, LimitZone> requestZones = zones.zones("limit_req_zone");
    Map<String, LimitZone> connectionZones = zones.zones("limit_conn_zone");
    SettingsReader settings =
        new SettingsReader(formats, charsets, requestZones.keySet(), connectionZones.keySet());
    LocationSettings root = settings.read(http);
    Map<String, Upstream> upstreams = upstreams();
    List<ServerConf> servers = servers(settings);
    return new HttpConf(
        root,
        servers,
        new ListenerBuilder(compiler.problems()).build(servers),
        upstreams,
        UpstreamGroups.of(directives, upstreams.keySet()),
        compiler.upstreamLists().all(),
        compiler.variables().build(),
        formats,
        settings.logBuffers(),
        charsets.charsets(),
        requestZones,
        connectionZones,
        new CachePathReader(http).paths(),
        lua(zones));
  }

  private List<ServerConf> servers(SettingsReader settings) {
    ServerBuilder builder = new ServerBuilder(compiler, new LocationBuilder(compiler, settings));
    List<ServerConf> servers = new ArrayList<>();
    for (Directive directive : directives) {
      switch (directive.name()) {
        case "server" -> servers.add(builder.build(directive, http));
        case "upstream_list" -> compiler.upstreamLists().add(directive, compiler.problems());
        default -> {
          // no part of a server
        }
      }
    }
    return servers;
  }

  private Map<String, Upstream> upstreams() {
    Map<String, Upstream> upstreams = new LinkedHashMap<>();
    UpstreamBuilder builder = new UpstreamBuilder(compiler);
    for (Directive directive : http.own("upstream")) {
      Upstream upstream = builder.build(directive);
      if (upstreams.putIfAbsent(upstream.name(), upstream) != null) {
        compiler.problems().add(directive, "duplicate upstream \"" + upstream.name() + "\"");
      }
    }
    return upstreams;
  }

  private Map<String, LogFormat> formats() {
    Map<String, LogFormat> formats = new LinkedHashMap<>();
    Template combined = Template.compile(COMBINED, compiler.variables());
    formats.put("combined", new LogFormat("combined", combined, LogFormat.Escape.DEFAULT));
    for (Directive d : http.own("log_format")) {
      LogFormat format = compiler.problems().guardOrNull(d, () -> format(d));
      if (format != null && formats.putIfAbsent(format.name(), format) != null) {
        compiler.problems().add(d, "duplicate \"log_format\" name \"" + format.name() + "\"");
      }
    }
    return formats;
  }

  private LogFormat format(Directive directive) {
    List<String> texts = new ArrayList<>(directive.args().subList(1, directive.args().size()));
    LogFormat.Escape escape = LogFormat.Escape.DEFAULT;
    if (texts.getFirst().startsWith("escape=")) {
      String word = texts.removeFirst().substring("escape=".length());
      escape =
          switch (word) {
            case "default" -> LogFormat.Escape.DEFAULT;
            case "json" -> LogFormat.Escape.JSON;
            case "none" -> LogFormat.Escape.NONE;
            default -> throw directive.error("unknown log format escaping \"" + word + "\"");
          };
    }
    return new LogFormat(
        directive.arg(0), compiler.template(directive, String.join("", texts)), escape);
  }

  private LuaHttpSettings lua(ZoneReader zones) {
    http.number("lua_thread_cache_max_entries", 1_024); // looked at, though nothing is kept there
    http.read("lua_malloc_trim", 0L, HttpBuilder::trimmedAt);
    return new LuaHttpSettings(
        textOrNull("lua_package_path"),
        textOrNull("lua_package_cpath"),
        zones.sharedDicts(),
        handler(LuaPhase.INIT),
        handler(LuaPhase.INIT_WORKER),
        handler(LuaPhase.EXIT_WORKER),
        http.number("lua_max_pending_timers", 1_024),
        http.number("lua_max_running_timers", 256),
        http.number("lua_regex_cache_max_entries", 1_024),
        http.number("lua_regex_match_limit", 0),
        http.flag("rewrite_by_lua_no_postpone", false),
        http.flag("access_by_lua_no_postpone", false),
        http.read("lua_capture_error_log", 0, HttpBuilder::captureSize),
        http.number("lua_worker_thread_vm_pool_size", 100));
  }

  /** After how many requests memory would be given back. */
  private static Long trimmedAt(Directive directive) {
    return Units.number(directive.arg(0))
        .orElseThrow(() ->
            directive.error("\"lua_malloc_trim\" directive invalid number in the 1st argument"));
  }

  private static Integer captureSize(Directive directive) {
    return (int)
        Units.size(directive.arg(0))
            .orElseThrow(() ->
                directive.error("invalid capture error log size \"" + directive.arg(0) + "\""));
  }

  private @Nullable String textOrNull(String name) {
    Directive directive = http.one(name);
    return directive == null ? null : directive.arg(0);
  }

  private @Nullable LuaHandler handler(LuaPhase phase) {
    return new LuaReader(http).handler(phase);
  }
}
