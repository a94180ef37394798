package dev.banyan.nginx;

import dev.banyan.nginx.script.Template;
import dev.banyan.nginx.syntax.Directive;
import dev.banyan.nginx.syntax.Units;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Owned by the thread that loads a configuration: reads {@link UserIdSettings}. */
final class UserIdReader {
  private static final String RESET = "$uid_reset";
  private static final Set<String> SAME_SITES =
      Set.of("samesite=strict", "samesite=lax", "samesite=none");

  private final Scope scope;

  UserIdReader(Scope scope) {
    this.scope = scope;
  }

  UserIdSettings read() {
    UserIdSettings.Mode mode = scope.choice("userid", UserIdSettings.Mode.OFF);
    Directive switched = scope.one("userid");
    Template reset =
        switched == null || mode.compareTo(UserIdSettings.Mode.V1) < 0
            ? null
            : scope.compiler().template(switched, RESET);
    return new UserIdSettings(
        mode,
        scope.text("userid_name", "uid"),
        domain() + "; path=" + scope.text("userid_path", "/") + flags(),
        expires(),
        service(),
        scope.read("userid_mark", '\0', UserIdReader::mark),
        unlessNone("userid_p3p"),
        reset);
  }

  private String domain() {
    String domain = unlessNone("userid_domain");
    return domain == null ? "" : "; domain=" + domain;
  }

  private @Nullable String unlessNone(String name) {
    String text = scope.text(name, "none");
    return text.equals("none") || text.isEmpty() ? null : text;
  }

  private String flags() {
    return scope.read("userid_flags", "", UserIdReader::flags);
  }

  private static String flags(Directive directive) {
    boolean secure = false;
    boolean httpOnly = false;
    String sameSite = "";
    for (String word : directive.args()) {
      String flag = word.toLowerCase(Locale.ROOT);
      if (flag.equals("secure")) {
        secure = true;
      } else if (flag.equals("httponly")) {
        httpOnly = true;
      } else if (SAME_SITES.contains(flag)) {
        sameSite = "; " + flag;
      } else if (!flag.equals("off")) {
        throw directive.error("invalid value \"" + word + "\"");
      }
    }
    return (secure ? "; secure" : "") + (httpOnly ? "; httponly" : "") + sameSite;
  }

  private @Nullable Duration expires() {
    Duration time = scope.read("userid_expires", Duration.ZERO, UserIdReader::expires);
    return time.toSeconds() == 0 ? null : time;
  }

  private static Duration expires(Directive directive) {
    return switch (directive.arg(0)) {
      case "max" -> UserIdSettings.FOREVER;
      case "off" -> Duration.ZERO;
      default -> {
        try {
          yield Units.seconds(directive.arg(0));
        } catch (NumberFormatException | ArithmeticException e) {
          throw directive.invalidValue();
        }
      }
    };
  }

  private @Nullable Integer service() {
    return scope.one("userid_service") == null
        ? null
        : scope.read("userid_service", 0, UserIdReader::service);
  }

  private static Integer service(Directive directive) {
    long number = Units.number(directive.arg(0)).orElse(-1);
    if (number < 0) {
      throw directive.error("\"userid_service\" directive invalid number");
    }
    return (int) number;
  }

  private static Character mark(Directive directive) {
    String text = directive.arg(0);
    if (text.equals("off")) {
      return '\0';
    }
    char mark = text.length() == 1 ? text.charAt(0) : 0;
    boolean allowed =
        (mark >= '0' && mark <= '9')
            || (mark >= 'A' && mark <= 'Z')
            || (mark >= 'a' && mark <= 'z')
            || mark == '=';
    if (!allowed) {
      throw directive.error(
          "\"userid_mark\" directive value must be \"off\" or a single letter, digit or \"=\"");
    }
    return mark;
  }
}
