package dev.banyan.nginx;

import dev.banyan.nginx.script.Template;
import dev.banyan.nginx.syntax.Directive;
import dev.banyan.nginx.syntax.Units;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Owned by the thread that loads a configuration: the directives of one block over those of the
 * blocks around it. A value is inherited when the block has none, a list when the block has no
 * entry of it. Values that can't be read are reported, and the default stands in.
 */
final class Scope {
  private final List<Directive> directives;
  private final Map<String, List<Directive>> own;
  private final @Nullable Scope parent;
  private final Compiler compiler;
  private final int prefix;

  Scope(List<Directive> directives, @Nullable Scope parent, Compiler compiler) {
    this(directives, parent, compiler, 0);
  }

  /**
   * A block in a location.
   *
   * @param prefix the length of the location's name; {@link DocumentRoot#ALL} for a regular
   *     expression
   */
  Scope(List<Directive> directives, @Nullable Scope parent, Compiler compiler, int prefix) {
    this.prefix = prefix;
    this.directives = directives;
    this.own = directives.stream().collect(Collectors.groupingBy(Directive::name));
    this.parent = parent;
    this.compiler = compiler;
  }

  Compiler compiler() {
    return compiler;
  }

  /** The directives of this name in this very block. */
  List<Directive> own(String name) {
    return own.getOrDefault(name, List.of());
  }

  /** The directives of this very block. */
  List<Directive> directives() {
    return directives;
  }

  /** Whether this very block has one. */
  boolean has(String name) {
    return own.containsKey(name);
  }

  /** The length of the location's name that this block is in, as the constructor says. */
  int prefix() {
    return prefix;
  }

  /** The block around this one; null for none. */
  @Nullable Scope parent() {
    return parent;
  }

  /** The nearest block that has a directive of these names; null when none has. */
  @Nullable Scope holder(String... names) {
    Scope scope = this;
    while (scope != null && scope.ownOf(names).isEmpty()) {
      scope = scope.parent;
    }
    return scope;
  }

  /** The directives of these names in the nearest block that has any, in the order of the file. */
  List<Directive> nearest(String... names) {
    Scope holder = holder(names);
    return holder == null ? List.of() : holder.ownOf(names);
  }

  /** The directives of these names here and in the blocks around, those of outer blocks first. */
  List<Directive> layered(String... names) {
    List<Directive> own = ownOf(names);
    List<Directive> outer = parent == null ? List.of() : parent.layered(names);
    return outer.isEmpty() ? own : Stream.concat(outer.stream(), own.stream()).toList();
  }

  /** The directives of these names in this very block, in the order of the file. */
  List<Directive> ownOf(String... names) {
    if (names.length == 1) {
      return own(names[0]);
    }
    List<String> wanted = List.of(names);
    return directives.stream().filter(d -> wanted.contains(d.name())).toList();
  }

  /** The one directive of this name that counts here; null when there is none. */
  @Nullable Directive one(String name) {
    List<Directive> found = nearest(name);
    return found.isEmpty() ? null : found.getLast();
  }

  /** The first argument, or a default. */
  String text(String name, String fallback) {
    Directive directive = one(name);
    return directive == null ? fallback : directive.arg(0);
  }

  /** {@code on} or {@code off}. */
  boolean flag(String name, boolean fallback) {
    Directive directive = one(name);
    if (directive == null) {
      return fallback;
    }
    String value = directive.arg(0).toLowerCase(Locale.ROOT);
    if (!value.equals("on") && !value.equals("off")) {
      problem(
          directive,
          "invalid value \"%s\" in \"%s\" directive, it must be \"on\" or \"off\""
              .formatted(directive.arg(0), name));
    }
    return value.equals("on");
  }

  /** Bytes. */
  long size(String name, long fallback) {
    return read(name, fallback, this::sizeOf);
  }

  private long sizeOf(Directive directive) {
    OptionalLong size = Units.size(directive.arg(0));
    return size.orElseThrow(directive::invalidValue);
  }

  /** A number without a sign. */
  int number(String name, int fallback) {
    return read(name, fallback, d -> numberOf(d, d.arg(0)));
  }

  static int numberOf(Directive directive, String text) {
    OptionalLong number = Units.number(text);
    if (number.isEmpty() || number.getAsLong() > Integer.MAX_VALUE) {
      throw directive.error("\"" + directive.name() + "\" directive invalid number");
    }
    return (int) number.getAsLong();
  }

  /** A time. */
  Duration time(String name, Duration fallback) {
    return read(name, fallback, d -> timeOf(d, d.arg(0)));
  }

  static Duration timeOf(Directive directive, String text) {
    try {
      return Units.time(text);
    } catch (NumberFormatException | ArithmeticException e) {
      throw directive.invalidValue();
    }
  }

  /** A text with variables; null when the directive is nowhere. */
  @Nullable Template template(String name) {
    Directive directive = one(name);
    return directive == null ? null : compiler.template(directive, directive.arg(0));
  }

  /** A size with variables; one without is checked now. Null when the directive is nowhere. */
  @Nullable Template sizeTemplate(String name) {
    Directive directive = one(name);
    if (directive != null
        && directive.arg(0).indexOf('$') < 0
        && Units.memory(directive.arg(0)).isEmpty()) {
      compiler.problems().add(directive.invalidValue());
    }
    return template(name);
  }

  /** One word of an enum, in whatever case. */
  <E extends Enum<E>> E choice(String name, E fallback) {
    return read(name, fallback, d -> word(d, d.arg(0), fallback.getDeclaringClass()));
  }

  /** Several words of an enum. */
  <E extends Enum<E>> Set<E> choices(String name, Class<E> type, Set<E> fallback) {
    return readAll(
        name,
        fallback,
        d -> {
          EnumSet<E> set = EnumSet.noneOf(type);
          d.args().forEach(arg -> set.add(word(d, arg, type)));
          return Set.copyOf(set);
        });
  }

  static <E extends Enum<E>> E word(Directive directive, String text, Class<E> type) {
    for (E constant : type.getEnumConstants()) {
      if (constant.name().equalsIgnoreCase(text)) {
        return constant;
      }
    }
    throw directive.error("invalid value \"" + text + "\"");
  }

  /** Reads the directive that counts here; a report makes it the fallback. */
  <T extends @Nullable Object> T read(String name, T fallback, Function<Directive, T> reader) {
    Directive directive = one(name);
    return directive == null
        ? fallback
        : compiler.problems().guard(directive, () -> reader.apply(directive), fallback);
  }

  /** As {@link #read}, of a directive whose words add up when it is given again. */
  <T> T readAll(String name, T fallback, Function<Directive, T> reader) {
    List<Directive> found = nearest(name);
    if (found.size() < 2) {
      return read(name, fallback, reader);
    }
    Directive last = found.getLast();
    List<String> words = found.stream().flatMap(d -> d.args().stream()).toList();
    Directive whole = new Directive(name, words, null, last.file(), last.line());
    return compiler.problems().guard(last, () -> reader.apply(whole), fallback);
  }

  void problem(Directive directive, String problem) {
    compiler.problems().add(directive, problem);
  }
}
