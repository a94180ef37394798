package dev.banyan.nginx;

import dev.banyan.nginx.script.ConfRegex;
import dev.banyan.nginx.script.Template;
import dev.banyan.nginx.syntax.Directive;
import dev.banyan.nginx.syntax.Units;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Owned by the thread that loads a configuration: reads {@link ProxySettings} with nginx's
 * defaults.
 */
final class ProxyReader {
  private static final Duration MINUTE = Duration.ofSeconds(60);
  private static final String PROXY = "proxy";
  private static final String GRPC = "grpc";

  /** What only proxy hides of an answer, unless it is told otherwise. */
  private static final Set<String> PASSED_BY_CGI = Set.of("date", "server", "x-pad");

  private final Scope scope;
  private final String module;
  private final @Nullable CgiProtocol cgi;

  /** One for {@code proxy_pass}. */
  ProxyReader(Scope scope) {
    this(scope, PROXY, null);
  }

  private ProxyReader(Scope scope, String module, @Nullable CgiProtocol cgi) {
    this.scope = scope;
    this.module = module;
    this.cgi = cgi;
  }

  /** One for a protocol whose module has the same directives, as far as it has them. */
  static ProxyReader of(Scope scope, CgiProtocol protocol) {
    return new ProxyReader(scope, protocol.module(), protocol);
  }

  /**
   * One for {@code grpc_pass}, which has no buffers, no cache and no address of its own to hide.
   */
  static ProxyReader grpc(Scope scope) {
    return new ProxyReader(scope, GRPC, null);
  }

  private boolean isGrpc() {
    return module.equals(GRPC);
  }

  private String name(String setting) {
    return module + "_" + setting;
  }

  ProxySettings read() {
    CacheReader cache = new CacheReader(scope, module);
    Set<String> hidden = names(name("hide_header"));
    Set<String> passed = names(name("pass_header"));
    if (isGrpc()) {
      passed.add("x-pad");
    } else {
      new OriginBuffers(scope, module).check();
    }
    if (cgi != null) {
      asCgi(hidden, passed);
    }
    return new ProxySettings(
        setHeaders(),
        scope.flag(name("pass_request_headers"), true),
        scope.flag(name("pass_request_body"), true),
        scope.read(name("http_version"), defaultVersion(), this::version),
        scope.template(name("method")),
        scope.template(name("set_body")),
        scope.flag(name("buffering"), !isGrpc()),
        scope.flag(name("request_buffering"), !isGrpc()),
        scope.size(name("buffer_size"), 4 << 10),
        scope.read(name("buffers"), 8L * (4 << 10), this::buffers),
        scope.size(name("max_temp_file_size"), 1L << 30),
        scope.time(name("connect_timeout"), MINUTE),
        scope.time(name("read_timeout"), MINUTE),
        scope.time(name("send_timeout"), MINUTE),
        nextUpstream(),
        scope.number(name("next_upstream_tries"), 0),
        scope.time(name("next_upstream_timeout"), Duration.ZERO),
        scope.flag(name("intercept_errors"), false),
        scope.flag(name("ignore_client_abort"), false),
        hidden,
        passed,
        ignoredHeaders(),
        redirects(),
        defaultRedirect(),
        cookieDomains(),
        cookiePaths(),
        cookieFlags(),
        bind(),
        scope.flag(name("socket_keepalive"), false),
        scope.flag(name("force_ranges"), false),
        scope.sizeTemplate(name("limit_rate")),
        new ProxyTlsReader(scope, module).read(),
        cache.cache(),
        cache.store());
  }

  /** What a CGI program answers is passed on but for its status. */
  private void asCgi(Set<String> hidden, Set<String> passed) {
    PASSED_BY_CGI.stream().filter(name -> !hidden.contains(name)).forEach(passed::add);
    if (cgi != CgiProtocol.UWSGI) {
      hidden.add("status");
    }
    hidden.removeAll(passed);
  }

  /**
   * Of FastCGI's records and HTTP/2's frames a body may have any number, as of HTTP/1.1's chunks.
   */
  private ProxySettings.HttpVersion defaultVersion() {
    return cgi == CgiProtocol.FASTCGI || isGrpc()
        ? ProxySettings.HttpVersion.HTTP_1_1
        : ProxySettings.HttpVersion.HTTP_1_0;
  }

  private List<ProxySettings.SetHeader> setHeaders() {
    List<ProxySettings.SetHeader> headers = new ArrayList<>();
    for (Directive d : scope.nearest(name("set_header"))) {
      headers.add(new ProxySettings.SetHeader(d.arg(0), scope.compiler().template(d, d.arg(1))));
    }
    return headers;
  }

  private ProxySettings.HttpVersion version(Directive directive) {
    return switch (directive.arg(0)) {
      case "1.0" -> ProxySettings.HttpVersion.HTTP_1_0;
      case "1.1" -> ProxySettings.HttpVersion.HTTP_1_1;
      default -> throw directive.error("invalid value \"" + directive.arg(0) + "\"");
    };
  }

  private Long buffers(Directive directive) {
    long count = Units.number(directive.arg(0)).orElseThrow(directive::invalidValue);
    return count * Units.size(directive.arg(1)).orElseThrow(directive::invalidValue);
  }

  private Set<ProxySettings.NextUpstream> nextUpstream() {
    for (Directive d : scope.nearest(name("next_upstream"))) {
      d.args().stream()
          .filter(word -> OriginWords.isForeign(module, word))
          .forEach(word -> scope.problem(d, "invalid value \"" + word + "\""));
    }
    Set<ProxySettings.NextUpstream> chosen =
        scope.choices(
            name("next_upstream"),
            ProxySettings.NextUpstream.class,
            EnumSet.of(ProxySettings.NextUpstream.ERROR, ProxySettings.NextUpstream.TIMEOUT));
    return chosen.contains(ProxySettings.NextUpstream.OFF)
        ? Set.of(ProxySettings.NextUpstream.OFF)
        : chosen;
  }

  private Set<String> names(String directive) {
    Set<String> names = new HashSet<>();
    scope.nearest(directive).forEach(d -> names.add(d.arg(0).toLowerCase(Locale.ROOT)));
    return names;
  }

  private Set<ProxySettings.IgnoredHeader> ignoredHeaders() {
    return scope.readAll(name("ignore_headers"), Set.of(), this::ignored);
  }

  private Set<ProxySettings.IgnoredHeader> ignored(Directive directive) {
    Set<ProxySettings.IgnoredHeader> headers = EnumSet.noneOf(ProxySettings.IgnoredHeader.class);
    for (String arg : directive.args()) {
      try {
        headers.add(
            ProxySettings.IgnoredHeader.valueOf(arg.toUpperCase(Locale.ROOT).replace('-', '_')));
      } catch (IllegalArgumentException e) {
        throw directive.error("invalid value \"" + arg + "\"");
      }
    }
    return headers;
  }

  private boolean defaultRedirect() {
    List<Directive> found = scope.nearest(name("redirect"));
    if (cgi != null || isGrpc()) {
      return false;
    }
    return found.isEmpty()
        || found.stream().anyMatch(d -> d.args().size() == 1 && d.arg(0).equals("default"));
  }

  private List<ProxySettings.Substitution> redirects() {
    checkRedirects();
    List<ProxySettings.Substitution> redirects = new ArrayList<>();
    for (Directive d : scope.nearest(name("redirect"))) {
      if (d.args().size() == 2) {
        add(redirects, d, d.arg(0), d.arg(1), d.arg(0).startsWith("~*"));
      } else if (!d.arg(0).equals("off") && !d.arg(0).equals("default")) {
        scope.problem(d, "invalid parameter \"" + d.arg(0) + "\"");
      }
    }
    return redirects;
  }

  /** {@code off} stands alone, and {@code default} behind what it is of. */
  private void checkRedirects() {
    Directive pass = null;
    String before = "";
    for (Directive d : scope.ownOf(name("pass"), name("redirect"))) {
      String word = d.arg(0);
      if (d.name().equals(name("pass"))) {
        pass = d;
      } else {
        boolean off = word.equals("off") && d.args().size() == 1;
        if (before.equals("off") || (off && !before.isEmpty())) {
          scope.problem(d, "\"proxy_redirect\" directive is duplicate");
        } else if (word.equals("default") && d.args().size() == 1) {
          checkDefault(d, pass);
        }
        before = off ? "off" : "on";
      }
    }
  }

  private void checkDefault(Directive redirect, @Nullable Directive pass) {
    if (pass == null) {
      scope.problem(
          redirect,
          "\"proxy_redirect default\" should be placed after the \"proxy_pass\" directive");
    } else if (pass.arg(0).contains("$")) {
      scope.problem(
          redirect,
          "\"proxy_redirect default\" cannot be used with \"proxy_pass\" directive with variables");
    }
  }

  private List<ProxySettings.Substitution> cookiePaths() {
    List<ProxySettings.Substitution> rules = new ArrayList<>();
    for (Directive d : cookieRules(name("cookie_path"))) {
      add(rules, d, d.arg(0), d.arg(1), d.arg(0).startsWith("~*"));
    }
    return rules;
  }

  /** Domains are compared without case and without the dot in front of them. */
  private List<ProxySettings.Substitution> cookieDomains() {
    List<ProxySettings.Substitution> rules = new ArrayList<>();
    for (Directive d : cookieRules(name("cookie_domain"))) {
      add(rules, d, withoutDot(d.arg(0)), withoutDot(d.arg(1)), true);
    }
    return rules;
  }

  private static String withoutDot(String domain) {
    return domain.startsWith(".") ? domain.substring(1) : domain;
  }

  private List<Directive> cookieRules(String name) {
    List<Directive> rules = new ArrayList<>();
    for (Directive d : scope.nearest(name)) {
      if (d.args().size() == 2) {
        rules.add(d);
      } else if (!d.arg(0).equals("off")) {
        scope.problem(d, "invalid parameter \"" + d.arg(0) + "\"");
      }
    }
    return rules;
  }

  private void add(
      List<ProxySettings.Substitution> rules,
      Directive d,
      String from,
      String to,
      boolean caseless) {
    if (!from.startsWith("~")) {
      Template text = scope.compiler().template(d, from);
      rules.add(new ProxySettings.Substitution(text, null, scope.compiler().template(d, to)));
      return;
    }
    ConfRegex regex = regex(d, from, caseless); // first: the other text may name its captures
    if (regex != null) {
      rules.add(new ProxySettings.Substitution(null, regex, scope.compiler().template(d, to)));
    }
  }

  private @Nullable ConfRegex regex(Directive d, String written, boolean caseless) {
    return scope.compiler().regex(d, written.substring(written.startsWith("~*") ? 2 : 1), caseless);
  }

  private List<ProxySettings.CookieFlags> cookieFlags() {
    List<ProxySettings.CookieFlags> all = new ArrayList<>();
    for (Directive d : scope.nearest(name("cookie_flags"))) {
      String cookie = d.arg(0);
      if (d.args().size() == 1 && !cookie.equals("off")) {
        scope.problem(d, "invalid parameter \"" + cookie + "\"");
        continue;
      }
      List<Template> flags =
          d.args().stream().skip(1).map(flag -> scope.compiler().template(d, flag)).toList();
      if (cookie.startsWith("~")) {
        ConfRegex regex = regex(d, cookie, true);
        if (regex != null) {
          all.add(new ProxySettings.CookieFlags(null, regex, flags));
        }
      } else if (!cookie.equals("off")) {
        all.add(new ProxySettings.CookieFlags(scope.compiler().template(d, cookie), null, flags));
      }
    }
    return all;
  }

  private @Nullable Template bind() {
    return OriginAddress.bind(scope, name("bind"));
  }
}
