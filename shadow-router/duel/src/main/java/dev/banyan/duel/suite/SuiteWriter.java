package dev.banyan.duel.suite;

import dev.banyan.duel.suite.OriginAnswer.Sending;
import java.util.List;

/** Writes cases as a suite that {@link SuiteReader} reads back. */
public final class SuiteWriter {
  private SuiteWriter() {}

  /** The suite's text; its chars are ASCII. */
  public static String text(List<Case> cases) {
    StringBuilder out = new StringBuilder();
    for (Case one : cases) {
      out.append("=== ").append(plain(one.title())).append('\n');
      if (!one.group().equals(Case.NO_GROUP)) {
        out.append("class: ").append(plain(one.group())).append('\n');
      }
      out.append("# from ").append(plain(one.source())).append('\n');
      one.steps().forEach(step -> step(step, out));
      out.append('\n');
    }
    return out.toString();
  }

  /** A request alone, as a suite shows it. */
  public static String request(Request request) {
    StringBuilder out = new StringBuilder();
    request(request, out);
    return out.toString();
  }

  private static String plain(String text) {
    String line = text.replaceAll("[^\\x20-\\x7e]", "?").strip();
    return line.isEmpty() ? "?" : line;
  }

  private static void step(Step step, StringBuilder out) {
    out.append("--- ask\n");
    request(step.request(), out);
    if (!step.origin().equals(OriginAnswer.DEFAULT)) {
      origin(step.origin(), out);
    }
  }

  private static void request(Request request, StringBuilder out) {
    String line = request.method() + " " + request.target() + " " + request.version();
    out.append(Escapes.encode(line)).append('\n');
    request.fields().forEach(field -> field(field, out));
    if (!request.body().isEmpty()) {
      out.append("--- body\n");
      body(request.body(), out);
    }
  }

  private static void origin(OriginAnswer answer, StringBuilder out) {
    out.append("--- origin");
    if (answer.sending() != Sending.SIZED) {
      out.append(' ').append(answer.sending().word());
    }
    if (!answer.delay().isZero()) {
      out.append(' ').append(answer.delay().toMillis()).append("ms");
    }
    out.append('\n').append(answer.status());
    if (!answer.reason().isEmpty()) {
      out.append(' ').append(Escapes.encode(answer.reason()));
    }
    out.append('\n');
    answer.fields().forEach(field -> field(field, out));
    if (!answer.body().isEmpty()) {
      out.append('\n');
      body(answer.body(), out);
    }
  }

  private static void field(Field field, StringBuilder out) {
    out.append(Escapes.encode(field.name())).append(": ");
    out.append(Escapes.encode(field.value())).append('\n');
  }

  /** Lines stay lines; what would end the section or be dropped at its end is escaped. */
  private static void body(String body, StringBuilder out) {
    int end = body.length();
    while (end > 0 && body.charAt(end - 1) == '\n') {
      end--;
    }
    String[] lines = body.substring(0, end).split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      String line = Escapes.encode(lines[i]);
      boolean special = line.startsWith("---") || line.startsWith("===");
      out.append(special ? "\\" : "").append(line);
      if (i == lines.length - 1) {
        out.append("\\n".repeat(body.length() - end));
      }
      out.append('\n');
    }
  }
}
