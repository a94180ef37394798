package dev.banyan.nginx;

import dev.banyan.nginx.script.ConfRegex;
import dev.banyan.nginx.script.Template;
import dev.banyan.nginx.syntax.Directive;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Owned by the thread that loads a configuration: reads {@link GzipSettings}, {@link
 * BodyFilterSettings}, {@link AdditionSettings}, {@link SsiSettings}, {@link XssSettings} and
 * {@link RealIpSettings}.
 */
final class FilterReader {
  private static final String OLD_EXPLORER = "msie6";
  private static final int VALUE_LENGTH = 255;

  private final Scope scope;
  private final CharsetReader charsets;

  FilterReader(Scope scope, CharsetReader charsets) {
    this.scope = scope;
    this.charsets = charsets;
  }

  GzipSettings gzip() {
    return new GzipSettings(
        scope.flag("gzip", false),
        scope.read("gzip_comp_level", 1, this::level),
        scope.size("gzip_min_length", 20),
        types("gzip_types", Set.of("text/html")),
        scope.read("gzip_http_version", 1.1, FilterReader::version),
        scope.readAll("gzip_proxied", Set.of(GzipSettings.Proxied.OFF), FilterReader::proxied),
        disabledAgents(),
        scope.nearest("gzip_disable").stream().anyMatch(d -> d.args().contains(OLD_EXPLORER)),
        scope.flag("gzip_vary", false),
        scope.flag("gunzip", false),
        scope.choice("gzip_static", GzipSettings.StaticMode.OFF));
  }

  private static Double version(Directive directive) {
    return switch (directive.arg(0)) {
      case "1.0" -> 1.0;
      case "1.1" -> 1.1;
      default -> throw directive.error("invalid value \"" + directive.arg(0) + "\"");
    };
  }

  private static Set<GzipSettings.Proxied> proxied(Directive directive) {
    Set<GzipSettings.Proxied> kinds = EnumSet.noneOf(GzipSettings.Proxied.class);
    directive.args().forEach(word -> kinds.add(proxied(directive, word)));
    return Set.copyOf(kinds);
  }

  /** The names of Cache-Control have a dash, the others an underscore. */
  private static GzipSettings.Proxied proxied(Directive directive, String word) {
    return switch (word) {
      case "no-cache" -> GzipSettings.Proxied.NO_CACHE;
      case "no-store" -> GzipSettings.Proxied.NO_STORE;
      case "no_cache", "no_store" -> throw directive.error("invalid value \"" + word + "\"");
      default -> Scope.word(directive, word, GzipSettings.Proxied.class);
    };
  }

  private List<ConfRegex> disabledAgents() {
    List<ConfRegex> agents = new ArrayList<>();
    for (Directive d : scope.nearest("gzip_disable")) {
      for (String word : d.args()) {
        boolean pattern = !word.equals(OLD_EXPLORER) && !word.equals("degradation");
        ConfRegex regex = pattern ? scope.compiler().regex(d, word, true) : null;
        if (regex != null) {
          agents.add(regex);
        }
      }
    }
    return agents;
  }

  private Integer level(Directive directive) {
    String text = directive.arg(0);
    if (text.length() != 1 || text.charAt(0) < '1' || text.charAt(0) > '9') {
      throw directive.error("value must be between 1 and 9");
    }
    return text.charAt(0) - '0';
  }

  private Set<String> types(String name, Set<String> always) {
    Set<String> types = new HashSet<>(always);
    for (Directive directive : scope.nearest(name)) {
      directive.args().forEach(arg -> types.add(arg.toLowerCase(Locale.ROOT)));
    }
    return types;
  }

  BodyFilterSettings body() {
    Template charset = charsets.read(scope, "charset");
    Template source = charsets.read(scope, "source_charset");
    charsets.check(scope, charset, source);
    return new BodyFilterSettings(
        charset == null ? Template.literal("off") : charset,
        source,
        scope.flag("override_charset", false),
        charsetTypes(),
        substitutions(),
        scope.flag("sub_filter_once", true),
        scope.flag("sub_filter_last_modified", false),
        types("sub_filter_types", Set.of("text/html")),
        mirrors(),
        scope.flag("mirror_request_body", true),
        scope.size("slice", 0));
  }

  AdditionSettings addition() {
    return new AdditionSettings(
        scope.text("add_before_body", ""),
        scope.text("add_after_body", ""),
        types("addition_types", Set.of("text/html")));
  }

  SsiSettings includes() {
    scope.flag("ssi_ignore_recycled_buffers", false);
    scope.size("ssi_min_file_chunk", 0);
    return new SsiSettings(
        scope.flag("ssi", false),
        scope.flag("ssi_last_modified", false),
        scope.flag("ssi_silent_errors", false),
        types("ssi_types", Set.of("text/html")),
        (int) Math.min(scope.size("ssi_value_length", VALUE_LENGTH), Integer.MAX_VALUE));
  }

  XssSettings xss() {
    return new XssSettings(
        scope.flag("xss_get", false),
        scope.text("xss_callback_arg", ""),
        scope.flag("xss_check_status", true),
        scope.flag("xss_override_status", true),
        scope.one("xss_input_types") == null
            ? Set.of("application/json")
            : types("xss_input_types", Set.of()),
        scope.text("xss_output_type", "application/x-javascript"));
  }

  private Set<String> charsetTypes() {
    return scope.one("charset_types") == null
        ? Set.of(
            "text/html",
            "text/xml",
            "text/plain",
            "text/vnd.wap.wml",
            "application/javascript",
            "application/rss+xml")
        : types("charset_types", Set.of("text/html"));
  }

  private List<BodyFilterSettings.Substitution> substitutions() {
    List<BodyFilterSettings.Substitution> all = new ArrayList<>();
    for (Directive d : scope.nearest("sub_filter")) {
      if (d.arg(0).isEmpty()) {
        scope.problem(d, "empty search pattern");
      }
      all.add(
          new BodyFilterSettings.Substitution(
              scope.compiler().template(d, d.arg(0)), scope.compiler().template(d, d.arg(1))));
    }
    return all;
  }

  private List<String> mirrors() {
    return scope.nearest("mirror").stream()
        .map(d -> d.arg(0))
        .filter(uri -> !uri.equals("off"))
        .toList();
  }

  RealIpSettings realIp() {
    List<Cidr> trusted = new ArrayList<>();
    boolean unix = false;
    for (Directive d : scope.nearest("set_real_ip_from")) {
      boolean bracketed = d.arg(0).startsWith("["); // which no name and no network is
      Cidr network = bracketed ? null : Cidr.parse(d.arg(0));
      if (d.arg(0).equals("unix:")) {
        unix = true;
      } else if (network != null) {
        trusted.add(network);
      } else {
        List<byte[]> found = bracketed ? List.of() : HostNames.addresses(d.arg(0));
        if (found.isEmpty()) {
          scope.problem(d, "host not found in set_real_ip_from \"" + d.arg(0) + "\"");
        }
        found.forEach(octets -> trusted.add(new Cidr(octets, octets.length * Byte.SIZE)));
      }
    }
    return new RealIpSettings(
        trusted,
        unix,
        scope.text("real_ip_header", "X-Real-IP").toLowerCase(Locale.ROOT),
        scope.flag("real_ip_recursive", false));
  }
}
