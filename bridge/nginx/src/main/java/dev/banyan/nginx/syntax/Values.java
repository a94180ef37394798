package dev.banyan.nginx.syntax;

import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What a directive's arguments must be, checked where the directive stands, as nginx does it while
 * it reads.
 *
 * @param kind of which kind
 * @param words those that may stand there, for the kinds of words
 * @param least the least number, for numbers
 * @param most the greatest number, for numbers
 */
public record Values(Kind kind, List<String> words, long least, long most) {
  /** Of a directive whose reader looks at its arguments. */
  static final Values ANY = new Values(Kind.ANY, List.of(), 0, Long.MAX_VALUE);

  public Values {
    words = List.copyOf(words);
  }

  /** The kinds. */
  public enum Kind {
    /** Its reader knows. */
    ANY,
    /** A number without a sign. */
    NUM,
    /** Bytes in memory: no unit is greater than m. */
    SIZE,
    /** Bytes of a file. */
    OFF,
    /** A time down to milliseconds, up to weeks. */
    MSEC,
    /** A time down to seconds, up to years. */
    SEC,
    /** How many buffers of which size. */
    BUFS,
    /** One word. */
    ENUM,
    /** Words. */
    MASK,
    /** What {@link EffectlessValues} knows. */
    EFFECTLESS,
    /** As {@code MSEC}, and after it a time down to seconds. */
    MSEC_SEC,
    /** As {@code SEC}, or one of the words. */
    SEC_OR
  }

  /** Those of a mark such as {@code num:1-9}. */
  static Values parse(String mark) {
    int colon = mark.indexOf(':');
    Kind kind =
        Kind.valueOf((colon < 0 ? mark : mark.substring(0, colon)).toUpperCase(Locale.ROOT));
    String rest = colon < 0 ? "" : mark.substring(colon + 1);
    if (kind == Kind.NUM && !rest.isEmpty()) {
      int dash = rest.indexOf('-');
      return new Values(
          kind,
          List.of(),
          Long.parseLong(rest.substring(0, dash)),
          Long.parseLong(rest.substring(dash + 1)));
    }
    List<String> words = rest.isEmpty() ? List.of() : List.of(rest.split(",", -1));
    return new Values(kind, words, 0, Long.MAX_VALUE);
  }

  /** What is wrong with a directive's arguments, in nginx's words; null when nothing is. */
  @Nullable ConfException problem(Directive directive) {
    return switch (kind) {
      case ANY -> null;
      case NUM -> number(directive);
      case SIZE -> valid(directive, Units.memory(directive.arg(0)).isPresent());
      case OFF -> valid(directive, Units.size(directive.arg(0)).isPresent());
      case MSEC -> valid(directive, Units.isTime(directive.arg(0), true));
      case SEC -> valid(directive, Units.isTime(directive.arg(0), false));
      case BUFS ->
          valid(
              directive,
              Units.number(directive.arg(0)).orElse(0) > 0
                  && Units.memory(directive.arg(1)).orElse(0) > 0);
      case ENUM, MASK -> word(directive);
      case EFFECTLESS -> EffectlessValues.problem(directive);
      case MSEC_SEC ->
          valid(
              directive,
              Units.isTime(directive.arg(0), true)
                  && Units.isTime(directive.args().getLast(), directive.args().size() == 1));
      case SEC_OR ->
          valid(
              directive, words.contains(directive.arg(0)) || Units.isTime(directive.arg(0), false));
    };
  }

  private static @Nullable ConfException valid(Directive directive, boolean valid) {
    return valid ? null : directive.invalidValue();
  }

  private @Nullable ConfException number(Directive directive) {
    OptionalLong number = Units.number(directive.arg(0));
    if (number.isEmpty()) {
      return directive.error("\"" + directive.name() + "\" directive invalid number");
    }
    boolean within = number.getAsLong() >= least && number.getAsLong() <= most;
    return within ? null : directive.error("value must be between " + least + " and " + most);
  }

  private @Nullable ConfException word(Directive directive) {
    for (String arg : directive.args()) {
      if (words.stream().noneMatch(arg::equalsIgnoreCase)) {
        return directive.error("invalid value \"" + arg + "\"");
      }
    }
    return null;
  }
}
