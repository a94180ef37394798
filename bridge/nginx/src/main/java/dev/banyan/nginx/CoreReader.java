package dev.banyan.nginx;

import dev.banyan.nginx.script.Template;
import dev.banyan.nginx.syntax.Directive;
import dev.banyan.nginx.syntax.Units;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Owned by the thread that loads a configuration: reads {@link CoreSettings} with nginx's defaults.
 */
final class CoreReader {
  private static final Map<String, String> DEFAULT_TYPES =
      Map.of("html", "text/html", "gif", "image/gif", "jpg", "image/jpeg");

  /** Statuses of nginx's own that clients see as 400 when a page is shown for them. */
  private static final Set<Integer> SHOWN_AS_400 = Set.of(494, 495, 496, 497);

  private final Scope scope;

  CoreReader(Scope scope) {
    this.scope = scope;
  }

  CoreSettings read() {
    return new CoreSettings(
        root(),
        scope.text("default_type", "text/plain"),
        types(),
        errorPages(),
        scope.flag("recursive_error_pages", false),
        tryFiles(),
        index(),
        scope.size("client_max_body_size", 1 << 20),
        scope.size("client_body_buffer_size", 8 << 10),
        scope.choice("client_body_in_file_only", CoreSettings.BodyInFile.OFF),
        scope.flag("client_body_in_single_buffer", false),
        scope.time("client_body_timeout", Duration.ofSeconds(60)),
        scope.time("send_timeout", Duration.ofSeconds(60)),
        scope.time("keepalive_timeout", Duration.ofSeconds(75)),
        keepaliveHeader(),
        scope.number("keepalive_requests", 1_000),
        scope.time("keepalive_time", Duration.ofHours(1)),
        scope.choices(
            "keepalive_disable",
            CoreSettings.UnkeptAgent.class,
            Set.of(CoreSettings.UnkeptAgent.MSIE6)),
        scope.choice("lingering_close", CoreSettings.LingeringClose.ON),
        scope.time("lingering_time", Duration.ofSeconds(30)),
        scope.time("lingering_timeout", Duration.ofSeconds(5)),
        scope.flag("reset_timedout_connection", false),
        scope.choice("server_tokens", CoreSettings.ServerTokens.ON),
        scope.choice("satisfy", CoreSettings.Satisfy.ALL),
        scope.time("auth_delay", Duration.ZERO),
        scope.flag("etag", true),
        scope.choice("if_modified_since", CoreSettings.IfModifiedSince.EXACT),
        scope.number("max_ranges", Integer.MAX_VALUE),
        scope.sizeTemplate("limit_rate"),
        scope.sizeTemplate("limit_rate_after"),
        scope.flag("absolute_redirect", true),
        scope.flag("server_name_in_redirect", false),
        scope.flag("port_in_redirect", true),
        scope.flag("chunked_transfer_encoding", true),
        scope.flag("log_not_found", true),
        scope.flag("rewrite_log", false),
        scope.flag("uninitialized_variable_warn", true),
        scope.flag("log_subrequest", false),
        scope.size("subrequest_output_buffer_size", 4 << 10),
        scope.text("post_action", ""),
        resolver());
  }

  private DocumentRoot root() {
    Scope holder = scope.holder("root", "alias");
    if (holder == null) {
      return new DocumentRoot(Template.literal(scope.compiler().absolute("html")), 0);
    }
    Directive directive = holder.nearest("root", "alias").getLast();
    if (directive.name().equals("alias")) {
      return new DocumentRoot(scope.compiler().path(directive, directive.arg(0)), holder.prefix());
    }
    return new DocumentRoot(rootPath(directive, directive.arg(0)), 0);
  }

  /** A root goes before paths that begin with a slash, so one at its end is none of it. */
  private Template rootPath(Directive directive, String text) {
    if (text.equals("/")) {
      return Template.literal("");
    }
    return scope
        .compiler()
        .path(directive, text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
  }

  private Map<String, String> types() {
    List<Directive> blocks = scope.nearest("types");
    if (blocks.isEmpty()) {
      return DEFAULT_TYPES;
    }
    Map<String, String> types = new HashMap<>();
    for (Directive type : blocks.stream().flatMap(b -> b.children().stream()).toList()) {
      for (String extension : type.args()) {
        types.put(extension.toLowerCase(Locale.ROOT), type.name());
      }
    }
    return types;
  }

  private List<Template> index() {
    List<Template> files = new ArrayList<>();
    for (Directive directive : scope.nearest("index")) {
      for (String arg : directive.args()) {
        if (arg.isEmpty()) {
          String first = directive.arg(0); // which nginx names whichever is empty
          scope.problem(directive, "index \"" + first + "\" in \"index\" directive is invalid");
        }
        files.add(scope.compiler().template(directive, arg));
      }
    }
    return files.isEmpty() ? List.of(Template.literal("index.html")) : files;
  }

  private Duration keepaliveHeader() {
    return scope.read(
        "keepalive_timeout",
        Duration.ZERO,
        d -> d.args().size() < 2 ? Duration.ZERO : Scope.timeOf(d, d.arg(1)));
  }

  private List<ErrorPage> errorPages() {
    List<ErrorPage> pages = new ArrayList<>();
    for (Directive directive : scope.nearest("error_page")) {
      pages.addAll(
          scope.compiler().problems().guard(directive, () -> errorPage(directive), List.of()));
    }
    return pages;
  }

  private List<ErrorPage> errorPage(Directive directive) {
    List<String> args = directive.args();
    int codes = args.size() - 1;
    int overwrite = ErrorPage.KEEP;
    String before = args.get(codes - 1);
    if (before.startsWith("=")) {
      codes--;
      overwrite = before.equals("=") ? ErrorPage.FROM_PAGE : overwrite(directive, before);
    }
    if (codes == 0) {
      throw directive.error("invalid value \"" + before + "\"");
    }
    Set<Integer> statuses = new HashSet<>();
    for (String arg : args.subList(0, codes)) {
      statuses.add(status(directive, arg));
    }
    if (overwrite != ErrorPage.KEEP) {
      return List.of(page(directive, statuses, overwrite));
    }
    Set<Integer> bad = new HashSet<>(statuses);
    bad.retainAll(SHOWN_AS_400);
    statuses.removeAll(bad);
    return List.of(page(directive, statuses, overwrite), page(directive, bad, 400));
  }

  private ErrorPage page(Directive directive, Set<Integer> statuses, int overwrite) {
    String target = directive.args().getLast();
    int question = target.startsWith("/") && target.indexOf('$') < 0 ? target.indexOf('?') : -1;
    String uri = question < 0 ? target : target.substring(0, question);
    return new ErrorPage(
        statuses,
        overwrite,
        scope.compiler().template(directive, uri),
        question < 0 ? "" : target.substring(question + 1));
  }

  private static int overwrite(Directive directive, String text) {
    OptionalLong status = Units.number(text.substring(1));
    return (int) status.orElseThrow(() -> directive.error("invalid value \"" + text + "\""));
  }

  private static int status(Directive directive, String text) {
    OptionalLong number = Units.number(text);
    if (number.isEmpty() || number.getAsLong() == 499) {
      throw directive.error("invalid value \"" + text + "\"");
    }
    if (number.getAsLong() < 300 || number.getAsLong() > 599) {
      throw directive.error("value \"" + text + "\" must be between 300 and 599");
    }
    return (int) number.getAsLong();
  }

  private @Nullable TryFiles tryFiles() {
    List<Directive> own = scope.own("try_files");
    Directive directive = own.isEmpty() ? null : own.getLast();
    return directive == null
        ? null
        : scope.compiler().problems().guardOrNull(directive, () -> tryFiles(directive));
  }

  private TryFiles tryFiles(Directive directive) {
    List<TryFiles.Candidate> candidates = new ArrayList<>();
    for (String path : directive.args().subList(0, directive.args().size() - 1)) {
      boolean folder = path.length() > 1 && path.endsWith("/");
      String name = folder ? path.substring(0, path.length() - 1) : path;
      candidates.add(new TryFiles.Candidate(scope.compiler().template(directive, name), folder));
    }
    String last = directive.args().getLast();
    if (!last.startsWith("=")) {
      return new TryFiles(candidates, scope.compiler().template(directive, last), 0);
    }
    OptionalLong code = Units.number(last.substring(1));
    if (code.isEmpty() || code.getAsLong() > 999) {
      throw directive.error("invalid code \"" + last + "\"");
    }
    return new TryFiles(candidates, null, (int) code.getAsLong());
  }

  private Resolver resolver() {
    Duration timeout = scope.time("resolver_timeout", Duration.ofSeconds(30));
    Resolver none = new Resolver(List.of(), null, true, true, timeout);
    return scope.read("resolver", none, d -> resolver(d, timeout));
  }

  private static Resolver resolver(Directive directive, Duration timeout) {
    List<HostPort> servers = new ArrayList<>();
    Duration valid = null;
    boolean v4 = true;
    boolean v6 = true;
    for (String arg : directive.args()) {
      if (arg.startsWith("valid=")) {
        valid = validity(directive, arg);
      } else if (arg.startsWith("ipv6=")) {
        v6 = onOff(directive, arg);
      } else if (arg.startsWith("ipv4=")) {
        v4 = onOff(directive, arg);
      } else {
        servers.addAll(servers(directive, arg));
      }
    }
    return new Resolver(servers, valid, v4, v6, timeout);
  }

  private static Duration validity(Directive directive, String arg) {
    try {
      return Units.seconds(arg.substring("valid=".length()));
    } catch (NumberFormatException | ArithmeticException e) {
      throw directive.error("invalid parameter: " + arg);
    }
  }

  private static boolean onOff(Directive directive, String arg) {
    String value = arg.substring(5);
    if (!value.equals("on") && !value.equals("off")) {
      throw directive.error("invalid parameter: " + arg);
    }
    return value.equals("on");
  }

  private static List<HostPort> servers(Directive directive, String arg) {
    try {
      HostPort server = HostPort.parse(arg, 53);
      if (IpAddress.parse(server.host()) != null) {
        return List.of(server);
      }
      List<byte[]> found = HostNames.addresses(server.host());
      if (found.isEmpty()) {
        throw new IllegalArgumentException("host not found");
      }
      return found.stream()
          .map(octets -> new HostPort(IpAddress.text(octets), server.port()))
          .toList();
    } catch (IllegalArgumentException e) {
      throw directive.error(e.getMessage() + " in resolver \"" + arg + "\"");
    }
  }
}
