package dev.banyan.nginx;

import dev.banyan.nginx.ProxySettings.NextUpstream;
import dev.banyan.nginx.script.Template;
import dev.banyan.nginx.syntax.Directive;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Owned by the thread that loads a configuration: reads {@code memcached_pass} and its settings.
 */
final class MemcachedReader {
  private static final String MEMCACHED = "memcached";
  private static final Duration MINUTE = Duration.ofSeconds(60);
  private static final int BUFFER = 4 << 10;

  private final Scope scope;
  private final String module;

  /** One for nginx's own module. */
  MemcachedReader(Scope scope) {
    this(scope, MEMCACHED);
  }

  /** One for a module whose directives begin with this word. */
  MemcachedReader(Scope scope, String module) {
    this.scope = scope;
    this.module = module;
  }

  private String name(String setting) {
    return module + "_" + setting;
  }

  /** Reports settings that can't be read, also where nothing is passed. */
  void check() {
    gzipFlag();
    settings();
  }

  private int gzipFlag() {
    return scope.number(name("gzip_flag"), 0);
  }

  ContentHandler read(Directive pass) {
    return new ContentHandler.Memcached(
        target(pass), scope.compiler().template(pass, "$" + name("key")), gzipFlag(), settings());
  }

  ProxyTarget target(Directive pass) {
    return ServerAddress.read(scope, pass, pass.arg(0));
  }

  ProxySettings settings() {
    return new ProxySettings(
        List.of(),
        false,
        false,
        ProxySettings.HttpVersion.HTTP_1_0,
        null,
        null,
        false,
        true,
        scope.size(name("buffer_size"), BUFFER),
        BUFFER,
        0,
        scope.time(name("connect_timeout"), MINUTE),
        scope.time(name("read_timeout"), MINUTE),
        scope.time(name("send_timeout"), MINUTE),
        scope.readAll(
            name("next_upstream"),
            Set.of(NextUpstream.ERROR, NextUpstream.TIMEOUT),
            MemcachedReader::nextUpstream),
        scope.number(name("next_upstream_tries"), 0),
        scope.time(name("next_upstream_timeout"), Duration.ZERO),
        true,
        false,
        Set.of(),
        Set.of(),
        Set.of(),
        List.of(),
        false,
        List.of(),
        List.of(),
        List.of(),
        bind(),
        scope.flag(name("socket_keepalive"), false),
        true,
        null,
        new ProxyTlsReader(scope, module).read(),
        CacheSettings.NONE,
        null);
  }

  private static Set<NextUpstream> nextUpstream(Directive directive) {
    Set<NextUpstream> chosen = EnumSet.noneOf(NextUpstream.class);
    for (String word : directive.args()) {
      chosen.add(
          switch (word) {
            case "error" -> NextUpstream.ERROR;
            case "timeout" -> NextUpstream.TIMEOUT;
            case "invalid_response" -> NextUpstream.INVALID_HEADER;
            case "not_found" -> NextUpstream.HTTP_404;
            case "off" -> NextUpstream.OFF;
            default -> throw directive.error("invalid value \"" + word + "\"");
          });
    }
    return chosen.contains(NextUpstream.OFF) ? Set.of(NextUpstream.OFF) : chosen;
  }

  private @Nullable Template bind() {
    return OriginAddress.bind(scope, name("bind"));
  }
}
