package dev.banyan.nginx;

import dev.banyan.nginx.script.Template;
import dev.banyan.nginx.syntax.Directive;
import dev.banyan.nginx.syntax.SystemReason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Owned by the thread that loads a configuration: reads {@link ProxyTls}. */
final class ProxyTlsReader {
  static final List<String> DEFAULT_PROTOCOLS = List.of("TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3");
  private static final Set<String> PROTOCOLS =
      Set.of("SSLv2", "SSLv3", "TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3");

  private final Scope scope;
  private final String module;

  /** One for the module whose directives begin with this word. */
  ProxyTlsReader(Scope scope, String module) {
    this.scope = scope;
    this.module = module;
  }

  private String name(String setting) {
    return module + "_" + setting;
  }

  ProxyTls read() {
    return new ProxyTls(
        file(name("ssl_certificate")),
        file(name("ssl_certificate_key")),
        protocols(scope, name("ssl_protocols"), DEFAULT_PROTOCOLS),
        scope.text(name("ssl_ciphers"), "DEFAULT"),
        scope.template(name("ssl_name")),
        scope.flag(name("ssl_server_name"), false),
        scope.flag(name("ssl_session_reuse"), true),
        scope.flag(name("ssl_verify"), false),
        scope.number(name("ssl_verify_depth"), 1),
        confFile(scope, name("ssl_trusted_certificate")),
        confFile(scope, name("ssl_crl")),
        passwords(scope, name("ssl_password_file")));
  }

  /**
   * Refuses to pass requests on under TLS with settings that are not complete.
   *
   * @param pass the directive that does
   */
  void check(Directive pass) {
    Directive certificate = scope.one(name("ssl_certificate"));
    if (certificate != null
        && !certificate.arg(0).isEmpty()
        && scope.one(name("ssl_certificate_key")) == null) {
      scope.problem(
          pass,
          "no \""
              + name("ssl_certificate_key")
              + "\" is defined for certificate \""
              + certificate.arg(0)
              + "\"");
    }
    boolean trusts = confFile(scope, name("ssl_trusted_certificate")) != null;
    if (scope.flag(name("ssl_verify"), false) && !trusts) {
      scope.problem(pass, "no " + name("ssl_trusted_certificate") + " for " + name("ssl_verify"));
    }
  }

  private @Nullable Template file(String name) {
    Directive directive = scope.one(name);
    return directive == null || directive.arg(0).isEmpty()
        ? null
        : scope.compiler().confPath(directive, directive.arg(0));
  }

  /** A file name made absolute from the configuration's folder; null when there is none. */
  static @Nullable String confFile(Scope scope, String name) {
    Directive directive = scope.one(name);
    return directive == null || directive.arg(0).isEmpty()
        ? null
        : scope.compiler().confAbsolute(directive.arg(0));
  }

  /** A file of passwords, which nginx reads while it reads the directive. */
  static @Nullable String passwords(Scope scope, String name) {
    Directive directive = scope.one(name);
    if (directive == null) {
      return null;
    }
    String file = scope.compiler().confAbsolute(directive.arg(0));
    try (InputStream in = Files.newInputStream(Path.of(file))) {
      in.read();
    } catch (IOException e) {
      String call = Files.isDirectory(Path.of(file)) ? "read()" : "open()";
      scope.problem(directive, call + " \"" + file + "\" failed (" + SystemReason.of(e) + ")");
    }
    return file;
  }

  static List<String> protocols(Scope scope, String name, List<String> fallback) {
    return scope.readAll(
        name,
        fallback,
        d -> {
          for (String arg : d.args()) {
            if (!PROTOCOLS.contains(arg)) {
              throw d.error("invalid value \"" + arg + "\"");
            }
          }
          return d.args();
        });
  }
}
