package dev.banyan.nginx;

import dev.banyan.nginx.script.Template;
import dev.banyan.nginx.syntax.Directive;
import dev.banyan.nginx.syntax.Units;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Owned by the thread that loads a configuration: reads {@link SrcacheSettings}. */
final class SrcacheReader {
  private static final Set<String> CALLS =
      Set.of(
          "GET",
          "PUT",
          "POST",
          "HEAD",
          "COPY",
          "MOVE",
          "LOCK",
          "MKCOL",
          "TRACE",
          "DELETE",
          "UNLOCK",
          "OPTIONS",
          "PROPFIND",
          "PROPPATCH");

  private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "DELETE");

  private static final Set<String> HIDDEN =
      Set.of(
          "connection",
          "keep-alive",
          "proxy-authenticate",
          "proxy-authorization",
          "te",
          "trailers",
          "transfer-encoding",
          "upgrade",
          "set-cookie");

  private static final int PAGE = 4 << 10;

  private final Scope scope;

  SrcacheReader(Scope scope) {
    this.scope = scope;
  }

  SrcacheSettings read() {
    return new SrcacheSettings(
        call("srcache_fetch"),
        call("srcache_store"),
        scope.template("srcache_fetch_skip"),
        scope.template("srcache_store_skip"),
        scope.size("srcache_store_max_size", 0),
        scope.read("srcache_store_statuses", Set.of(), SrcacheReader::statuses),
        methods(),
        scope.flag("srcache_request_cache_control", false),
        scope.flag("srcache_response_cache_control", true),
        scope.flag("srcache_store_private", false),
        scope.flag("srcache_store_no_store", false),
        scope.flag("srcache_store_no_cache", false),
        scope.flag("srcache_store_ranges", false),
        scope.flag("srcache_ignore_content_encoding", false),
        scope.time("srcache_default_expire", Duration.ofSeconds(60)),
        scope.time("srcache_max_expire", Duration.ZERO),
        scope.size("srcache_header_buffer_size", PAGE),
        hidden());
  }

  private SrcacheSettings.@Nullable Call call(String name) {
    Directive directive = scope.one(name);
    return directive == null
        ? null
        : scope.compiler().problems().guardOrNull(directive, () -> call(directive));
  }

  private SrcacheSettings.Call call(Directive directive) {
    String method = directive.arg(0);
    if (!CALLS.contains(method)) {
      throw directive.error(directive.name() + " specifies bad HTTP method " + method);
    }
    boolean plain = directive.args().size() < 3 || directive.arg(2).isEmpty();
    Template args = plain ? null : scope.compiler().template(directive, directive.arg(2));
    return new SrcacheSettings.Call(
        method, scope.compiler().template(directive, directive.arg(1)), args);
  }

  private static Set<Integer> statuses(Directive directive) {
    Set<Integer> statuses = new HashSet<>();
    for (String word : directive.args()) {
      OptionalLong status = Units.number(word);
      if (status.isEmpty() || status.getAsLong() > Integer.MAX_VALUE) {
        throw directive.error("status code \"" + word + "\" is an invalid number");
      }
      statuses.add((int) status.getAsLong());
    }
    return statuses;
  }

  private Set<String> methods() {
    Set<String> methods = new HashSet<>(Set.of("GET", "HEAD"));
    methods.addAll(scope.readAll("srcache_methods", Set.of(), SrcacheReader::methods));
    return methods;
  }

  private static Set<String> methods(Directive directive) {
    Set<String> methods = new HashSet<>();
    for (String word : directive.args()) {
      String method = word.toUpperCase(Locale.ROOT);
      if (!METHODS.contains(method)) {
        throw directive.error("invalid value \"" + word + "\"");
      }
      methods.add(method);
    }
    return methods;
  }

  private Set<String> hidden() {
    Set<String> hidden = new HashSet<>(HIDDEN);
    hidden.addAll(names(scope.nearest("srcache_store_hide_header")));
    hidden.removeAll(names(scope.nearest("srcache_store_pass_header")));
    return hidden;
  }

  private static List<String> names(List<Directive> directives) {
    return directives.stream().map(d -> d.arg(0).toLowerCase(Locale.ROOT)).toList();
  }
}
