package dev.banyan.router.parity;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** In what way two values differ: the first of these that is so. */
public enum DifferenceKind {
  /** Java has nothing there. */
  ONLY_LUA("only Lua has it"),
  /** Lua has nothing there. */
  ONLY_JAVA("only Java has it"),
  /** A number against a text, a list against a map. */
  TYPE("another type"),
  /** Two numbers. */
  NUMBER("another number"),
  /** Texts that are the same in lower case. */
  CASE("upper and lower case"),
  /** Texts that are the same without white space. */
  SPACE("white space"),
  /** One text goes on where the other ends. */
  LENGTH("one is longer"),
  /** Anything else. */
  VALUE("another value");

  private final String label;

  DifferenceKind(String label) {
    this.label = label;
  }

  /** In words. */
  public String label() {
    return label;
  }

  /** The kind of a difference. */
  public static DifferenceKind of(Difference difference) {
    Object control = difference.control();
    Object candidate = difference.candidate();
    if (candidate == null) {
      return ONLY_LUA;
    }
    if (control == null) {
      return ONLY_JAVA;
    }
    if (!family(control).equals(family(candidate))) {
      return TYPE;
    }
    if (control instanceof Number) {
      return NUMBER;
    }
    return control instanceof String a && candidate instanceof String b ? texts(a, b) : VALUE;
  }

  private static DifferenceKind texts(String control, String candidate) {
    if (control.toLowerCase(Locale.ROOT).equals(candidate.toLowerCase(Locale.ROOT))) {
      return CASE;
    }
    if (control.replaceAll("\\s", "").equals(candidate.replaceAll("\\s", ""))) {
      return SPACE;
    }
    return control.startsWith(candidate) || candidate.startsWith(control) ? LENGTH : VALUE;
  }

  private static String family(@Nullable Object value) {
    return switch (value) {
      case null -> "nothing";
      case Number _ -> "number";
      case String _ -> "text";
      case Boolean _ -> "boolean";
      case Map<?, ?> _ -> "map";
      case Collection<?> _ -> "list";
      default -> value.getClass().getName();
    };
  }
}
