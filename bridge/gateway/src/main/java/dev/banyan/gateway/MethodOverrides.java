package dev.banyan.gateway;

import dev.banyan.nginx.LocationConf;
import dev.banyan.nginx.LocationKind;
import dev.banyan.nginx.MethodOverride;
import dev.banyan.nginx.script.ConfRegex;
import dev.banyan.nginx.script.Template;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The coolkit module: {@code override_method}, {@code $location}, {@code $remote_passwd}. */
final class MethodOverrides {
  private MethodOverrides() {}

  /** Applies the directive at the beginning of a rewrite phase, to what the method was at first. */
  static void apply(Request r) {
    MethodOverride override = r.location().settings().methodOverride();
    String first = r.firstMethod();
    Template source = override.source();
    if (source == null) {
      if (first != null) {
        r.method(first);
      }
      return;
    }
    String original = first == null ? r.method() : first;
    if (!override.methods().isEmpty() && !override.methods().contains(original)) {
      return;
    }
    String method = source.evaluate(r).toUpperCase(Locale.ROOT);
    if (MethodOverride.KNOWN.contains(method)) {
      r.firstMethod(original);
      r.method(method);
    }
  }

  /** The name of the location, or what a regular expression has found of the URI. */
  static @Nullable String location(Request r) {
    LocationConf location = r.location();
    ConfRegex regex = location.regex();
    return location.kind() == LocationKind.REGEX && regex != null
        ? regex.found(r.uri(), 0)
        : location.name();
  }

  /** The password of basic authentication. */
  static @Nullable String password(Request r) {
    BasicCredentials credentials = BasicCredentials.of(r);
    return credentials == null ? null : credentials.password();
  }
}
