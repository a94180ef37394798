package dev.banyan.nginx;

import dev.banyan.nginx.ProxySettings.NextUpstream;
import dev.banyan.nginx.script.Template;
import dev.banyan.nginx.syntax.Directive;
import dev.banyan.nginx.syntax.Units;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Owned by the thread that loads a configuration: reads {@link CacheSettings} and {@link
 * StoreSettings} with nginx's defaults.
 */
final class CacheReader {
  private static final Duration FIVE_SECONDS = Duration.ofSeconds(5);
  private static final int LEAST_STATUS = 100;
  private static final int LAST_STATUS = 599;

  private final Scope scope;
  private final String module;

  /** One for the module whose directives begin with this word. */
  CacheReader(Scope scope, String module) {
    this.scope = scope;
    this.module = module;
  }

  private String name(String setting) {
    return module + "_" + setting;
  }

  CacheSettings cache() {
    Set<String> stale = staleWords();
    Set<NextUpstream> on = EnumSet.noneOf(NextUpstream.class);
    for (String word : stale) {
      if (!word.equals("updating")) {
        on.add(NextUpstream.valueOf(word.toUpperCase(java.util.Locale.ROOT)));
      }
    }
    return new CacheSettings(
        zone(),
        scope.template(name("cache_key")),
        valid(),
        methods(),
        scope.number(name("cache_min_uses"), 1),
        predicates(name("cache_bypass")),
        predicates(name("no_cache")),
        on,
        stale.contains("updating"),
        scope.flag(name("cache_background_update"), false),
        new CacheSettings.Lock(
            scope.flag(name("cache_lock"), false),
            scope.time(name("cache_lock_timeout"), FIVE_SECONDS),
            scope.time(name("cache_lock_age"), FIVE_SECONDS)),
        scope.flag(name("cache_revalidate"), false),
        scope.flag(name("cache_convert_head"), module.equals("proxy")),
        scope.size(name("cache_max_range_offset"), Long.MAX_VALUE));
  }

  /** Where answers are written to as plain files; null for nowhere. */
  @Nullable StoreSettings store() {
    int access = scope.read(name("store_access"), StoreSettings.OWNER, CacheReader::access);
    Directive directive = scope.one(name("store"));
    if (directive == null || directive.arg(0).equals("off") || replaced(name("store"))) {
      return null;
    }
    if (clashes()) {
      incompatible();
    }
    String path = directive.arg(0);
    Template to = path.equals("on") ? null : scope.compiler().path(directive, path);
    return new StoreSettings(to, access);
  }

  /** Whether both are on in this very block. */
  private boolean clashes() {
    return isOn(name("store")) && isOn(name("cache"));
  }

  private boolean isOn(String name) {
    return scope.has(name) && !scope.own(name).getLast().arg(0).equals("off");
  }

  /** Of the two directives the later one is reported. */
  private void incompatible() {
    List<Directive> both = scope.nearest(name("cache"), name("store"));
    Directive first = both.getFirst();
    Directive later = both.getLast();
    scope.problem(
        later,
        "\"%s\" directive is incompatible with \"%s\"".formatted(later.name(), first.name()));
  }

  /** Whether the other of {@code proxy_cache} and {@code proxy_store} stands nearer and is on. */
  private boolean replaced(String name) {
    Scope holder = scope.holder(name("cache"), name("store"));
    if (holder == null || holder.has(name)) {
      return false;
    }
    String other = name.equals(name("store")) ? name("cache") : name("store");
    return !holder.own(other).getLast().arg(0).equals("off");
  }

  private @Nullable Template zone() {
    Directive directive = scope.one(name("cache"));
    if (directive == null || directive.arg(0).equals("off") || replaced(name("cache"))) {
      return null;
    }
    Template zone = scope.compiler().template(directive, directive.arg(0));
    if (zone.isConstant() && !clashes()) {
      String name = directive.arg(0);
      boolean known =
          scope.nearest(name("cache_path")).stream()
              .anyMatch(path -> CachePathReader.zoneOf(path).equals(name));
      boolean others =
          scope.nearest(CachePathReader.DIRECTIVES).stream()
              .anyMatch(path -> CachePathReader.zoneOf(path).equals(name));
      if (!known && others) {
        scope.problem(
            directive,
            "the shared memory zone \"" + name + "\" is already declared for a different use");
      } else if (!known) {
        scope.problem(directive, "\"" + name("cache") + "\" zone \"" + name + "\" is unknown");
      }
    }
    return zone;
  }

  private List<CacheSettings.Valid> valid() {
    List<CacheSettings.Valid> all = new ArrayList<>();
    for (Directive d : scope.nearest(name("cache_valid"))) {
      List<CacheSettings.Valid> some =
          scope.compiler().problems().guard(d, () -> valid(d), List.of());
      all.addAll(some);
    }
    return all;
  }

  private static List<CacheSettings.Valid> valid(Directive directive) {
    int last = directive.args().size() - 1;
    Duration time;
    try {
      time = Units.seconds(directive.arg(last));
    } catch (NumberFormatException | ArithmeticException e) {
      throw directive.error("invalid time value \"" + directive.arg(last) + "\"");
    }
    List<String> statuses =
        last == 0 ? List.of("200", "301", "302") : directive.args().subList(0, last);
    List<CacheSettings.Valid> valid = new ArrayList<>();
    for (String status : statuses) {
      valid.add(new CacheSettings.Valid(status(directive, status), time));
    }
    return valid;
  }

  private static int status(Directive directive, String text) {
    OptionalLong status = Units.number(text);
    if (text.equals("any")) {
      return 0;
    }
    if (status.isEmpty() || status.getAsLong() < LEAST_STATUS || status.getAsLong() > LAST_STATUS) {
      throw directive.error("invalid status \"" + text + "\"");
    }
    return (int) status.getAsLong();
  }

  private Set<String> methods() {
    return scope.readAll(
        name("cache_methods"),
        Set.of("GET", "HEAD"),
        d -> {
          Set<String> methods = new HashSet<>(Set.of("GET", "HEAD"));
          d.args().forEach(method -> methods.add(method.toUpperCase(Locale.ROOT)));
          return methods;
        });
  }

  private List<Template> predicates(String name) {
    List<Template> all = new ArrayList<>();
    for (Directive d : scope.nearest(name)) {
      d.args().forEach(text -> all.add(scope.compiler().template(d, text)));
    }
    return all;
  }

  private Set<String> staleWords() {
    Set<String> words =
        scope.readAll(
            name("cache_use_stale"),
            Set.of(),
            d -> {
              for (String word : d.args()) {
                String lower = word.toLowerCase(Locale.ROOT);
                if (!STALE_WORDS.contains(lower) || OriginWords.isForeign(module, lower)) {
                  throw d.error("invalid value \"" + word + "\"");
                }
              }
              return d.args().stream()
                  .map(word -> word.toLowerCase(Locale.ROOT))
                  .collect(Collectors.toUnmodifiableSet());
            });
    return words.contains("off") ? Set.of() : words;
  }

  private static final Set<String> STALE_WORDS =
      Set.of(
          "error",
          "timeout",
          "invalid_header",
          "non_idempotent",
          "updating",
          "http_500",
          "http_502",
          "http_503",
          "http_504",
          "http_403",
          "http_404",
          "http_429",
          "off");

  /** File permissions as {@code user:rw group:r all:r} says them. */
  static Integer access(Directive directive) {
    int access = 0;
    for (String arg : directive.args()) {
      int shift =
          arg.startsWith("user:")
              ? 6
              : arg.startsWith("group:") ? 3 : arg.startsWith("all:") ? 0 : -1;
      int rights =
          switch (arg.substring(arg.indexOf(':') + 1)) {
            case "r" -> 4;
            case "rw" -> 6;
            default -> 0;
          };
      if (shift < 0 || rights == 0) {
        throw directive.error("invalid value \"" + arg + "\"");
      }
      access |= rights << shift;
    }
    return access | StoreSettings.OWNER;
  }
}
