package dev.banyan.nginx.script;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A text with variables and captures, compiled once: nginx's complex value. Immutable. */
public final class Template {
  /** Room for an evaluated text, at least. */
  private static final int SHORTEST = 32;

  private static final Template EMPTY = new Template("", List.of());

  private final String source;
  private final List<Part> parts;
  private final @Nullable String constant;

  private Template(String source, List<Part> parts) {
    this.source = source;
    this.parts = List.copyOf(parts);
    this.constant = constantOf(parts);
  }

  private static @Nullable String constantOf(List<Part> parts) {
    if (parts.isEmpty()) {
      return "";
    }
    return parts.size() == 1 && parts.getFirst() instanceof Part.Literal literal
        ? literal.text()
        : null;
  }

  /** One piece of a template. */
  sealed interface Part {
    record Literal(String text) implements Part {}

    record Value(Variable variable) implements Part {}

    record Capture(int group) implements Part {}
  }

  /**
   * Compiles a text.
   *
   * @throws TemplateException when a name is malformed or unknown
   */
  public static Template compile(String text, VariableLookup variables) {
    return text.isEmpty() ? EMPTY : new Template(text, new TemplateParser(text, variables).parse());
  }

  /** A text taken as it is, dollar signs included. */
  public static Template literal(String text) {
    return new Template(text, text.isEmpty() ? List.of() : List.of(new Part.Literal(text)));
  }

  /** The text with every variable and capture replaced; unset ones are empty. */
  public String evaluate(VariableScope scope) {
    if (constant != null) {
      return constant;
    }
    if (parts.size() == 1) {
      String value = value(parts.getFirst(), scope);
      return value == null ? "" : value;
    }
    StringBuilder out = new StringBuilder(Math.max(SHORTEST, 2 * source.length()));
    for (Part part : parts) {
      String value = value(part, scope);
      if (value != null) {
        out.append(value);
      }
    }
    return out.toString();
  }

  static @Nullable String value(Part part, VariableScope scope) {
    return switch (part) {
      case Part.Literal literal -> literal.text();
      case Part.Value value -> scope.variable(value.variable());
      case Part.Capture capture -> scope.capture(capture.group());
    };
  }

  /** Whether it is the same for every request. */
  public boolean isConstant() {
    return constant != null;
  }

  /** Whether it is the empty text. */
  public boolean isEmpty() {
    return parts.isEmpty();
  }

  /** The text as written. */
  public String source() {
    return source;
  }

  /** The variables it reads, in order, repeated ones repeated. */
  public List<Variable> variables() {
    List<Variable> found = new ArrayList<>();
    for (Part part : parts) {
      if (part instanceof Part.Value value) {
        found.add(value.variable());
      }
    }
    return List.copyOf(found);
  }

  List<Part> parts() {
    return parts;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Template template && parts.equals(template.parts);
  }

  @Override
  public int hashCode() {
    return parts.hashCode();
  }

  @Override
  public String toString() {
    return source;
  }
}
