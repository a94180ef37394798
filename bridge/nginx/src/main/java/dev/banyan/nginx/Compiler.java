package dev.banyan.nginx;

import dev.banyan.nginx.script.ConfRegex;
import dev.banyan.nginx.script.LuaHandler;
import dev.banyan.nginx.script.LuaPhase;
import dev.banyan.nginx.script.LuaSource;
import dev.banyan.nginx.script.Template;
import dev.banyan.nginx.script.Variables;
import dev.banyan.nginx.syntax.Directive;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Owned by the thread that loads a configuration: what the builders of its parts share. */
final class Compiler {
  /** Those of whose files the names may hold variables. */
  private static final Set<LuaPhase> WITH_REQUEST =
      EnumSet.complementOf(
          EnumSet.of(
              LuaPhase.INIT,
              LuaPhase.INIT_WORKER,
              LuaPhase.EXIT_WORKER,
              LuaPhase.BALANCER,
              LuaPhase.SSL_CLIENT_HELLO,
              LuaPhase.SSL_CERTIFICATE,
              LuaPhase.SSL_SESSION_FETCH,
              LuaPhase.SSL_SESSION_STORE));

  private static final Set<LuaPhase> NEED_CODE =
      EnumSet.of(
          LuaPhase.INIT,
          LuaPhase.SERVER_REWRITE,
          LuaPhase.REWRITE,
          LuaPhase.ACCESS,
          LuaPhase.CONTENT,
          LuaPhase.HEADER_FILTER,
          LuaPhase.BODY_FILTER,
          LuaPhase.LOG);

  private final Problems problems;
  private final Variables.Builder variables;
  private final Path prefix;
  private final Path confFolder;
  private final UpstreamLists upstreamLists = new UpstreamLists();
  private final Map<String, NamedLog> logs = new LinkedHashMap<>();

  Compiler(Problems problems, Variables.Builder variables, Path prefix, Path confFolder) {
    this.problems = problems;
    this.variables = variables;
    this.prefix = prefix;
    this.confFolder = confFolder;
  }

  Problems problems() {
    return problems;
  }

  Variables.Builder variables() {
    return variables;
  }

  /** The lists of upstreams that were read so far. */
  UpstreamLists upstreamLists() {
    return upstreamLists;
  }

  /** A template; a malformed one is reported and becomes empty. */
  Template template(Directive directive, String text) {
    return problems.guard(directive, () -> Template.compile(text, variables), Template.literal(""));
  }

  /**
   * A template that names a file: one that starts with plain text becomes absolute by the prefix.
   */
  Template path(Directive directive, String text) {
    return template(directive, absolute(prefix, text));
  }

  /** As {@link #path}, from the configuration's folder. */
  Template confPath(Directive directive, String text) {
    return template(directive, absolute(confFolder, text));
  }

  private static String absolute(Path folder, String text) {
    if (text.startsWith("/") || text.startsWith("$")) {
      return text;
    }
    String start = folder.toString();
    return start.endsWith("/") ? start + text : start + "/" + text;
  }

  /** A regex; null after a report. */
  @Nullable ConfRegex regex(Directive directive, String pattern, boolean caseless) {
    return problems.guardOrNull(directive, () -> ConfRegex.compile(pattern, caseless, variables));
  }

  /** A plain file name, absolute by the prefix. */
  String absolute(String path) {
    return absolute(prefix, path);
  }

  /** A plain file name, absolute by the configuration's folder. */
  String confAbsolute(String path) {
    return absolute(confFolder, path);
  }

  /** Notes a log's file, absolute; the first directive that names it speaks for it. */
  void log(Directive directive, String name) {
    logs.putIfAbsent(name, new NamedLog(name, directive.file(), directive.line()));
  }

  /** The files of logs that were noted, in their order. */
  List<NamedLog> logs() {
    return List.copyOf(logs.values());
  }

  /** The handler of a {@code *_by_lua*} directive whose code is the argument of this number. */
  LuaHandler lua(LuaPhase phase, Directive directive, int codeArgument) {
    String code = directive.arg(codeArgument);
    if (code.isEmpty() && NEED_CODE.contains(phase)) {
      problems.add(directive, "invalid location config: no runnable Lua code");
    }
    if (directive.name().endsWith("_file")) {
      return new LuaHandler(
          phase,
          new LuaSource.File(
              WITH_REQUEST.contains(phase) ? template(directive, code) : Template.literal(code)),
          directive.file(),
          directive.line(),
          "@" + code);
    }
    return new LuaHandler(
        phase,
        new LuaSource.Inline(code),
        directive.file(),
        directive.line(),
        LuaChunkName.of(directive));
  }
}
