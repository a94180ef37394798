package dev.banyan.nginx;

import dev.banyan.nginx.script.ConfRegex;
import dev.banyan.nginx.script.LuaPhase;
import dev.banyan.nginx.script.RewriteProgram;
import dev.banyan.nginx.syntax.Directive;
import dev.banyan.nginx.syntax.Units;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Owned by the thread that loads a configuration: builds servers. */
final class ServerBuilder {
  private final Compiler compiler;
  private final LocationBuilder locations;

  ServerBuilder(Compiler compiler, LocationBuilder locations) {
    this.compiler = compiler;
    this.locations = locations;
  }

  ServerConf build(Directive directive, Scope http) {
    Scope scope = new Scope(directive.children(), http, compiler);
    LocationConf root = locations.serverLevel(directive, scope);
    List<LocationConf> all = locations.locations(directive.children(), scope, null);
    RewriteProgram rewrites = new RewriteCompiler(compiler, false).compile(directive.children());
    Map<String, LocationConf> named = new LinkedHashMap<>();
    all.stream()
        .filter(l -> l.kind() == LocationKind.NAMED)
        .forEach(l -> named.putIfAbsent(l.name(), l));
    return new ServerConf(
        listens(scope),
        names(scope),
        root,
        rewrites,
        new LuaReader(scope).handler(LuaPhase.SERVER_REWRITE),
        all,
        named,
        new LocationMatcher(root, all),
        settings(scope),
        new TlsReader(scope).read(),
        directive.file(),
        directive.line());
  }

  private List<Listen> listens(Scope scope) {
    List<Listen> listens = new ArrayList<>();
    for (Directive directive : scope.own("listen")) {
      List<Listen> read =
          compiler.problems().guard(directive, () -> new ListenReader(directive).read(), List.of());
      for (Listen listen : read) {
        if (listens.stream().anyMatch(l -> l.address().equals(listen.address()))) {
          compiler.problems().add(directive, "a duplicate listen " + shown(listen));
        } else {
          listens.add(listen);
        }
      }
    }
    List<Listen> all =
        listens.isEmpty() && scope.own("listen").isEmpty() ? defaultListen() : listens;
    return scope.flag("ssl", false) ? all.stream().map(Listen::secured).toList() : all;
  }

  private static String shown(Listen listen) {
    boolean any = listen.address().host().equals(Listen.ANY);
    return any ? "0.0.0.0:" + listen.address().port() : listen.address().toString();
  }

  private static List<Listen> defaultListen() {
    HostPort any = new HostPort(Listen.ANY, 80);
    return List.of(
        new Listen(
            any, false, false, false, false, false, false, -1, ListenSockets.UNSAID, true, "", 0));
  }

  private List<ServerName> names(Scope scope) {
    List<ServerName> names = new ArrayList<>();
    for (Directive directive : scope.own("server_name")) {
      for (String word : directive.args()) {
        ServerName name = compiler.problems().guardOrNull(directive, () -> name(directive, word));
        if (name != null) {
          names.add(name);
        }
      }
    }
    return names.isEmpty() ? List.of(new ServerName.Exact("")) : names;
  }

  private @Nullable ServerName name(Directive directive, String word) {
    if (word.startsWith("~")) {
      if (word.length() == 1) {
        throw directive.error("empty regex in server name \"" + word + "\"");
      }
      ConfRegex regex = compiler.regex(directive, word.substring(1), true);
      return regex == null ? null : new ServerName.Regex(word, regex);
    }
    boolean star = word.startsWith("*") && (word.length() < 3 || word.charAt(1) != '.');
    if (star || word.equals(".")) {
      throw directive.error("server name \"" + word + "\" is invalid");
    }
    return plain(word.toLowerCase(Locale.ROOT));
  }

  /** A star in the middle makes a name that never matches; {@link ListenerBuilder} minds it. */
  private static ServerName plain(String word) {
    int star = word.indexOf('*');
    if (star < 0) {
      return word.startsWith(".") && word.length() > 1
          ? new ServerName.Leading(word, word, true)
          : new ServerName.Exact(word);
    }
    if (word.startsWith("*.") && word.lastIndexOf('*') == 0 && word.length() > 2) {
      return new ServerName.Leading(word, word.substring(1), false);
    }
    boolean trailing = word.endsWith(".*") && star == word.length() - 1 && word.length() > 2;
    return trailing
        ? new ServerName.Trailing(word, word.substring(0, star))
        : new ServerName.Exact(word);
  }

  private static ServerSettings settings(Scope scope) {
    return new ServerSettings(
        scope.time("client_header_timeout", Duration.ofSeconds(60)),
        scope.size("client_header_buffer_size", 1 << 10),
        scope.read("large_client_header_buffers", 4, ServerBuilder::bufferCount),
        scope.read("large_client_header_buffers", 8L << 10, ServerBuilder::bufferSize),
        scope.number("max_headers", 1_000),
        scope.flag("merge_slashes", true),
        scope.flag("ignore_invalid_headers", true),
        scope.flag("underscores_in_headers", false),
        scope.number("http2_max_concurrent_streams", 128));
  }

  /** The least that nginx's {@code connection_pool_size} is by itself. */
  private static final int CONNECTION_POOL = 512;

  private static Integer bufferCount(Directive d) {
    return (int) Units.number(d.arg(0)).orElseThrow(d::invalidValue);
  }

  private static Long bufferSize(Directive d) {
    long size = Units.size(d.arg(1)).orElseThrow(d::invalidValue);
    if (size < CONNECTION_POOL) {
      throw d.error(
          "the \"large_client_header_buffers\" size must be equal to or greater than"
              + " \"connection_pool_size\"");
    }
    return size;
  }
}
