package dev.banyan.lua.ngx.re;

import dev.banyan.lua.ngx.LogSink;
import dev.banyan.regex.Matcher;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.luaj.vm2.LuaString;

/**
 * A replacement template of {@code ngx.re.sub}: text, {@code $1}, <code>${1}</code> and {@code $$}.
 */
final class Replacement {
  private final List<Part> parts;

  private Replacement(List<Part> parts) {
    this.parts = parts;
  }

  private sealed interface Part {}

  private record Text(byte[] bytes) implements Part {}

  private record Group(int number) implements Part {}

  /** Compiles a template; empty, with the reason logged, when it is malformed. */
  static Optional<Replacement> compile(String template, LogSink log) {
    Parser parser = new Parser(template);
    try {
      return Optional.of(new Replacement(parser.parse()));
    } catch (IllegalArgumentException e) {
      log.log(LogSink.ERROR, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  void append(Matcher matcher, LuaString subject, ByteSink out) {
    for (Part part : parts) {
      switch (part) {
        case Text text -> out.append(text.bytes(), 0, text.bytes().length);
        case Group group -> append(matcher, subject, group.number(), out);
      }
    }
  }

  private static void append(Matcher matcher, LuaString subject, int group, ByteSink out) {
    if (group < matcher.count() && matcher.start(group) >= 0) {
      int start = matcher.start(group);
      out.append(
          subject.m_bytes, subject.m_offset + start, Math.max(0, matcher.end(group) - start));
    }
  }

  private static final class Parser {
    /** A larger group number stands for a group that no pattern has. */
    private static final int NO_GROUP = 1_000_000;

    private final String template;
    private final List<Part> parts = new ArrayList<>();
    private int at;

    Parser(String template) {
      this.template = template;
    }

    List<Part> parse() {
      while (at < template.length()) {
        int dollar = template.indexOf('$', at);
        int end = dollar < 0 ? template.length() : dollar;
        if (end > at) {
          text(template.substring(at, end));
        }
        at = end;
        if (dollar >= 0) {
          variable();
        }
      }
      return parts;
    }

    private void text(String text) {
      parts.add(new Text(text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private void variable() {
      at++;
      if (at == template.length()) {
        throw invalid();
      }
      if (template.charAt(at) == '$') {
        text("$");
        at++;
        return;
      }
      boolean bracket = template.charAt(at) == '{';
      if (bracket && ++at == template.length()) {
        throw invalid();
      }
      int start = at;
      boolean number = isDigit(template.charAt(at));
      while (at < template.length()
          && (number ? isDigit(template.charAt(at)) : isWord(template.charAt(at)))) {
        at++;
      }
      String name = template.substring(start, at);
      if (bracket) {
        if (at == template.length() || template.charAt(at) != '}') {
          throw new IllegalArgumentException(
              "the closing bracket in \"" + name + "\" variable is missing");
        }
        at++;
      }
      if (name.isEmpty()) {
        throw invalid();
      }
      if (!number) {
        throw new IllegalArgumentException(
            "attempt to use named capturing variable \""
                + name
                + "\" (named captures not supported yet)");
      }
      parts.add(new Group(name.length() > 6 ? NO_GROUP : Integer.parseInt(name)));
    }

    private IllegalArgumentException invalid() {
      return new IllegalArgumentException(
          "lua script: invalid capturing variable name found in \"" + template + "\"");
    }

    private static boolean isDigit(char c) {
      return c >= '0' && c <= '9';
    }

    private static boolean isWord(char c) {
      return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    }
  }
}
