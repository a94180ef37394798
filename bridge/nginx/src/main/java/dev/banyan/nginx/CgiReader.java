package dev.banyan.nginx;

import dev.banyan.nginx.script.ConfRegex;
import dev.banyan.nginx.script.Template;
import dev.banyan.nginx.script.TemplateException;
import dev.banyan.nginx.syntax.Directive;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Owned by the thread that loads a configuration: reads the directives of the fastcgi, the uwsgi
 * and the scgi module.
 */
final class CgiReader {
  private static final String HEADER = "HTTP_";
  private static final int PARTS = 2;
  private static final int OCTET = 255;

  private final Scope scope;
  private final CgiProtocol protocol;

  private CgiReader(Scope scope, CgiProtocol protocol) {
    this.scope = scope;
    this.protocol = protocol;
  }

  /** The settings of one level, of each of the protocols. */
  static Map<CgiProtocol, CgiSettings> all(Scope scope) {
    Map<CgiProtocol, CgiSettings> all = new EnumMap<>(CgiProtocol.class);
    for (CgiProtocol protocol : CgiProtocol.values()) {
      all.put(protocol, new CgiReader(scope, protocol).settings());
    }
    return all;
  }

  /** What a location with a {@code fastcgi_pass} or its like answers with. */
  static ContentHandler handler(Scope scope, CgiProtocol protocol, Directive pass) {
    Template written = scope.compiler().template(pass, pass.arg(0));
    boolean mayBeSecure = !written.isConstant() || CgiAddress.parse(protocol, pass.arg(0)).secure();
    if (protocol == CgiProtocol.UWSGI && mayBeSecure) {
      new ProxyTlsReader(scope, protocol.module()).check(pass);
    }
    return new ContentHandler.Cgi(
        protocol, written.isConstant() ? target(scope, protocol, pass) : null, written);
  }

  private static ProxyTarget target(Scope scope, CgiProtocol protocol, Directive pass) {
    CgiAddress address = CgiAddress.parse(protocol, pass.arg(0));
    ProxyTarget target = ServerAddress.read(scope, pass, address.server());
    return new ProxyTarget(
        address.secure(), target.authority(), target.server(), target.explicitPort(), null);
  }

  private String name(String setting) {
    return protocol.module() + "_" + setting;
  }

  private CgiSettings settings() {
    Set<String> replaced = new HashSet<>();
    List<CgiSettings.Parameter> parameters = parameters(replaced);
    return new CgiSettings(
        parameters,
        replaced,
        scope.text(name("index"), ""),
        split(),
        scope.nearest(name("catch_stderr")).stream().map(d -> d.arg(0)).toList(),
        scope.flag(name("keep_conn"), false),
        modifier("modifier1"),
        modifier("modifier2"),
        scope.text(name("string"), ""),
        ProxyReader.of(scope, protocol).read());
  }

  private int modifier(String which) {
    return scope.read(
        name(which),
        0,
        d -> {
          int number = Scope.numberOf(d, d.arg(0));
          if (number > OCTET) {
            throw d.error("value must be between 0 and 255");
          }
          return number;
        });
  }

  private @Nullable ConfRegex split() {
    Directive directive = scope.one(name("split_path_info"));
    return directive == null
        ? null
        : scope.compiler().problems().guardOrNull(directive, () -> split(directive));
  }

  private static ConfRegex split(Directive directive) {
    String pattern = directive.arg(0);
    ConfRegex regex;
    try {
      regex = ConfRegex.compile(pattern, false, _ -> null);
    } catch (TemplateException e) {
      throw directive.error(e.problem());
    }
    if (regex.groupCount() != PARTS) {
      throw directive.error("pattern \"" + pattern + "\" must have 2 captures");
    }
    return regex;
  }

  private List<CgiSettings.Parameter> parameters(Set<String> replaced) {
    List<CgiSettings.Parameter> parameters = new ArrayList<>();
    for (Directive d : scope.nearest(name("param"))) {
      boolean third = d.args().size() > 2;
      if (third && !d.arg(2).equals("if_not_empty")) {
        scope.problem(d, "invalid parameter \"" + d.arg(2) + "\"");
      }
      boolean field = d.arg(0).startsWith(HEADER) && d.arg(0).length() > HEADER.length();
      if (field) {
        replaced.add(d.arg(0).substring(HEADER.length()).toLowerCase(Locale.ROOT));
      }
      if (!field || !d.arg(1).isEmpty()) {
        Template value = scope.compiler().template(d, d.arg(1));
        parameters.add(new CgiSettings.Parameter(d.arg(0), value, third));
      }
    }
    return parameters;
  }
}
