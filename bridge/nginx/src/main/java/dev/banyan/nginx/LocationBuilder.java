package dev.banyan.nginx;

import dev.banyan.nginx.script.ConfRegex;
import dev.banyan.nginx.script.LuaPhase;
import dev.banyan.nginx.script.RewriteProgram;
import dev.banyan.nginx.script.Template;
import dev.banyan.nginx.syntax.Directive;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Owned by the thread that loads a configuration: builds the locations of servers. */
final class LocationBuilder {
  private static final Set<String> HANDLERS =
      Set.of(
          "content_by_lua",
          "content_by_lua_block",
          "content_by_lua_file",
          "proxy_pass",
          "memcached_pass",
          "memc_pass",
          "fastcgi_pass",
          "uwsgi_pass",
          "scgi_pass",
          "grpc_pass",
          "redis2_pass",
          "empty_gif",
          "flv",
          "stub_status");

  private final Compiler compiler;
  private final SettingsReader settings;

  LocationBuilder(Compiler compiler, SettingsReader settings) {
    this.compiler = compiler;
    this.settings = settings;
  }

  /** What a location's directive says about how it is chosen. */
  private record Head(LocationKind kind, String name, @Nullable ConfRegex regex) {
    Scope scope(List<Directive> directives, Scope around, Compiler compiler) {
      return new Scope(
          directives, around, compiler, regex == null ? name.length() : DocumentRoot.ALL);
    }
  }

  /** A server's own level. */
  LocationConf serverLevel(Directive server, Scope scope) {
    return new LocationConf(
        LocationKind.SERVER,
        "",
        null,
        false,
        false,
        RewriteProgram.EMPTY,
        new ContentHandler.StaticFiles(),
        settings.read(scope),
        List.of(),
        List.of(),
        null,
        server.file(),
        server.line());
  }

  /** The locations among some directives, each with all that is in it. */
  List<LocationConf> locations(
      List<Directive> directives, Scope around, @Nullable LocationConf outer) {
    List<LocationConf> locations = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    for (Directive directive : directives) {
      if (directive.name().equals("location")) {
        Head head = compiler.problems().guardOrNull(directive, () -> head(directive, outer, taken));
        if (head != null) {
          locations.add(location(directive, head, around));
        }
      }
    }
    return locations;
  }

  private LocationConf location(Directive directive, Head head, Scope around) {
    Scope scope = head.scope(directive.children(), around, compiler);
    ContentHandler content = content(scope, head.kind());
    LocationConf bare = conf(directive, head, scope, content, List.of(), List.of(), null);
    return conf(
        directive,
        head,
        scope,
        content,
        locations(directive.children(), scope, bare),
        branches(directive, head, scope, content),
        limitExcept(head, scope, content));
  }

  private LocationConf conf(
      Directive directive,
      Head head,
      Scope scope,
      ContentHandler content,
      List<LocationConf> nested,
      List<LocationConf> branches,
      @Nullable LimitExcept limitExcept) {
    boolean program = head.kind() != LocationKind.IF && head.kind() != LocationKind.LIMIT_EXCEPT;
    return new LocationConf(
        head.kind(),
        head.name(),
        head.regex(),
        scope.holder("internal") != null || head.kind() == LocationKind.NAMED,
        passes(content) && head.name().endsWith("/"),
        program
            ? new RewriteCompiler(compiler, true).compile(directive.children())
            : RewriteProgram.EMPTY,
        content,
        settings.read(scope),
        nested,
        branches,
        limitExcept,
        directive.file(),
        directive.line());
  }

  /** Whether other servers answer, for whose folders nginx puts the slash at their ends. */
  private static boolean passes(ContentHandler content) {
    return switch (content) {
      case ContentHandler.Proxy _,
          ContentHandler.Cgi _,
          ContentHandler.Grpc _,
          ContentHandler.Memcached _,
          ContentHandler.Memc _,
          ContentHandler.Redis _ ->
          true;
      case ContentHandler.StaticFiles _,
          ContentHandler.Lua _,
          ContentHandler.Echo _,
          ContentHandler.EmptyGif _,
          ContentHandler.Flv _,
          ContentHandler.StubStatus _ ->
          false;
    };
  }

  /** The blocks of the location's {@code if}s, numbered as {@link RewriteCompiler} numbers them. */
  private List<LocationConf> branches(
      Directive directive, Head head, Scope around, ContentHandler outer) {
    List<LocationConf> branches = new ArrayList<>();
    for (Directive child : directive.children()) {
      if (child.name().equals("if")) {
        Scope scope = head.scope(child.children(), around, compiler);
        ContentHandler own = content(scope, LocationKind.IF);
        Head inner = new Head(LocationKind.IF, head.name(), head.regex());
        boolean inherits = own instanceof ContentHandler.StaticFiles;
        branches.add(conf(child, inner, scope, inherits ? outer : own, List.of(), List.of(), null));
      }
    }
    return branches;
  }

  private @Nullable LimitExcept limitExcept(Head head, Scope around, ContentHandler outer) {
    if (!around.has("limit_except")) {
      return null;
    }
    Directive directive = around.own("limit_except").getLast();
    Set<String> methods = methods(directive);
    Scope scope = head.scope(directive.children(), around, compiler);
    ContentHandler own = content(scope, LocationKind.LIMIT_EXCEPT);
    boolean inherits = own instanceof ContentHandler.StaticFiles && isInherited(outer);
    Head inner = new Head(LocationKind.LIMIT_EXCEPT, head.name(), head.regex());
    ContentHandler content = inherits ? outer : own;
    return new LimitExcept(
        methods, conf(directive, inner, scope, content, List.of(), List.of(), null));
  }

  /** Whether a {@code limit_except} without a handler has this one of its location. */
  private static boolean isInherited(ContentHandler content) {
    return content instanceof ContentHandler.Proxy
        || content instanceof ContentHandler.Cgi
        || content instanceof ContentHandler.Grpc;
  }

  private Set<String> methods(Directive directive) {
    Set<String> methods = new HashSet<>();
    for (String word : directive.args()) {
      String method = word.toUpperCase(Locale.ROOT);
      if (!MethodOverride.KNOWN.contains(method)) {
        compiler.problems().add(directive, "invalid method \"" + word + "\"");
      }
      methods.add(method);
    }
    if (methods.contains("GET")) {
      methods.add("HEAD");
    }
    return methods;
  }

  /** Of the directives that make a content handler the last one counts, of echo's the first. */
  private ContentHandler content(Scope scope, LocationKind kind) {
    Directive last = null;
    boolean echoed = false;
    for (Directive directive : scope.directives()) {
      boolean echoes = EchoReader.handles(directive.name());
      if (HANDLERS.contains(directive.name()) || (echoes && !echoed)) {
        last = directive;
      }
      echoed |= echoes;
    }
    if (last == null) {
      return new ContentHandler.StaticFiles();
    }
    Directive chosen = last;
    return compiler
        .problems()
        .<ContentHandler>guard(
            chosen, () -> handler(scope, kind, chosen), new ContentHandler.StaticFiles());
  }

  private ContentHandler handler(Scope scope, LocationKind kind, Directive directive) {
    return switch (directive.name()) {
      case "proxy_pass" -> proxy(scope, directive, kind);
      case "memcached_pass" -> new MemcachedReader(scope).read(directive);
      case "memc_pass" -> new MemcReader(scope).read(directive);
      case "fastcgi_pass" -> CgiReader.handler(scope, CgiProtocol.FASTCGI, directive);
      case "uwsgi_pass" -> CgiReader.handler(scope, CgiProtocol.UWSGI, directive);
      case "scgi_pass" -> CgiReader.handler(scope, CgiProtocol.SCGI, directive);
      case "grpc_pass" -> GrpcAddress.handler(scope, directive);
      case "redis2_pass" -> new RedisReader(scope).read(directive);
      case "flv" -> new ContentHandler.Flv();
      case "empty_gif" -> new ContentHandler.EmptyGif();
      case "stub_status" -> new ContentHandler.StubStatus();
      case "content_by_lua", "content_by_lua_block", "content_by_lua_file" ->
          new ContentHandler.Lua(compiler.lua(LuaPhase.CONTENT, directive, 0));
      default -> new EchoReader(scope).content();
    };
  }

  private ContentHandler proxy(Scope scope, Directive directive, LocationKind kind) {
    Template url = compiler.template(directive, directive.arg(0));
    boolean computed = directive.arg(0).indexOf('$') >= 0;
    if (computed || ProxyTarget.parse(directive.arg(0)).tls()) {
      new ProxyTlsReader(scope, "proxy").check(directive);
    }
    if (computed) {
      return new ContentHandler.Proxy(null, url);
    }
    ProxyTarget target = ProxyTarget.parse(directive.arg(0));
    boolean replaceable =
        kind == LocationKind.EXACT
            || kind == LocationKind.PREFIX
            || kind == LocationKind.PREFIX_OVER_REGEX;
    if (target.uri() != null && !replaceable) {
      throw directive.error(
          "\"proxy_pass\" cannot have URI part in location given by regular expression, or inside"
              + " named location, or inside \"if\" statement, or inside \"limit_except\" block");
    }
    return new ContentHandler.Proxy(target, url);
  }

  private @Nullable Head head(
      Directive directive, @Nullable LocationConf outer, Set<String> taken) {
    Head head =
        directive.args().size() == 2
            ? modified(directive, directive.arg(0), directive.arg(1))
            : glued(directive, directive.arg(0));
    if (head == null) {
      return null;
    }
    checkNesting(directive, head, outer);
    boolean many = head.kind() == LocationKind.REGEX || head.kind() == LocationKind.NAMED;
    String identity = head.kind() == LocationKind.EXACT ? "=" + head.name() : head.name();
    if (!many && !taken.add(identity)) {
      throw directive.error("duplicate location \"" + head.name() + "\"");
    }
    return head;
  }

  private @Nullable Head modified(Directive directive, String modifier, String name) {
    return switch (modifier) {
      case "=" -> new Head(LocationKind.EXACT, name, null);
      case "^~" -> new Head(LocationKind.PREFIX_OVER_REGEX, name, null);
      case "~" -> regex(directive, name, false);
      case "~*" -> regex(directive, name, true);
      default -> throw directive.error("invalid location modifier \"" + modifier + "\"");
    };
  }

  /** One word: the modifier may stand before the name without a space. */
  private @Nullable Head glued(Directive directive, String word) {
    if (word.startsWith("=")) {
      return new Head(LocationKind.EXACT, word.substring(1), null);
    }
    if (word.startsWith("^~")) {
      return new Head(LocationKind.PREFIX_OVER_REGEX, word.substring(2), null);
    }
    if (word.startsWith("~*")) {
      return regex(directive, word.substring(2), true);
    }
    if (word.startsWith("~")) {
      return regex(directive, word.substring(1), false);
    }
    return new Head(word.startsWith("@") ? LocationKind.NAMED : LocationKind.PREFIX, word, null);
  }

  private @Nullable Head regex(Directive directive, String pattern, boolean caseless) {
    ConfRegex regex = compiler.regex(directive, pattern, caseless);
    return regex == null ? null : new Head(LocationKind.REGEX, pattern, regex);
  }

  private static void checkNesting(Directive directive, Head head, @Nullable LocationConf outer) {
    if (outer == null) {
      return;
    }
    String name = "location \"" + head.name() + "\"";
    switch (outer.kind()) {
      case EXACT ->
          throw directive.error(
              name + " cannot be inside the exact location \"" + outer.name() + "\"");
      case NAMED ->
          throw directive.error(
              name + " cannot be inside the named location \"" + outer.name() + "\"");
      case SERVER, PREFIX, PREFIX_OVER_REGEX, REGEX, IF, LIMIT_EXCEPT -> {
        // May hold locations.
      }
    }
    if (head.kind() == LocationKind.NAMED) {
      throw directive.error(
          "named location \"" + head.name() + "\" can be on the server level only");
    }
    boolean outside = head.kind() != LocationKind.REGEX && !head.name().startsWith(outer.name());
    if (outside) {
      throw directive.error(name + " is outside location \"" + outer.name() + "\"");
    }
  }
}
