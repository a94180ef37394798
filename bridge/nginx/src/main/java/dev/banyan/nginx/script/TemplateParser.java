package dev.banyan.nginx.script;

import java.util.ArrayList;
import java.util.List;

/** Owned by one compilation: splits a text at its dollar signs as nginx does. */
final class TemplateParser {
  private final String text;
  private final VariableLookup variables;
  private final List<Template.Part> parts = new ArrayList<>();
  private int at;

  TemplateParser(String text, VariableLookup variables) {
    this.text = text;
    this.variables = variables;
  }

  List<Template.Part> parse() {
    while (at < text.length()) {
      if (text.charAt(at) == '$') {
        at++;
        dollar();
      } else {
        int dollar = text.indexOf('$', at);
        int end = dollar < 0 ? text.length() : dollar;
        parts.add(new Template.Part.Literal(text.substring(at, end)));
        at = end;
      }
    }
    return parts;
  }

  private void dollar() {
    if (at < text.length() && text.charAt(at) >= '1' && text.charAt(at) <= '9') {
      parts.add(new Template.Part.Capture(text.charAt(at++) - '0'));
      return;
    }
    boolean bracket = at < text.length() && text.charAt(at) == '{';
    if (bracket) {
      at++;
    }
    int start = at;
    while (at < text.length() && isNameCharacter(text.charAt(at))) {
      at++;
    }
    String name = text.substring(start, at);
    if (bracket) {
      closeBracket(name);
    }
    if (name.isEmpty()) {
      throw new TemplateException("invalid variable name");
    }
    Variable variable = variables.find(name);
    if (variable == null) {
      throw new TemplateException("unknown \"" + name + "\" variable");
    }
    parts.add(new Template.Part.Value(variable));
  }

  private void closeBracket(String name) {
    if (at >= text.length() && name.isEmpty()) {
      throw new TemplateException("invalid variable name");
    }
    if (at >= text.length() || text.charAt(at) != '}') {
      throw new TemplateException("the closing bracket in \"" + name + "\" variable is missing");
    }
    at++;
  }

  static boolean isNameCharacter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  }
}
