package dev.banyan.duel.compare;

import dev.banyan.duel.origin.Received;
import dev.banyan.duel.suite.Field;
import dev.banyan.duel.wire.Answer;
import dev.banyan.duel.wire.Body;
import dev.banyan.duel.wire.Target;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Owned by one call: what differs between the first target and another.
 *
 * <p>Answers must be alike in how they end, in status and reason, in the values of each field and
 * their order, in body and trailers; origins must have received the same requests. Where one side
 * is spoken to over HTTP/2, what HTTP/2 has not is left out.
 */
public final class Comparison {
  /** Fields that HTTP/2 has not. */
  private static final Set<String> HTTP_1_ONLY =
      Set.of("connection", "keep-alive", "transfer-encoding", "content-length");

  /**
   * So much is shown before the place that differs that a secret is known by the name before it.
   */
  private static final int BEFORE = 120;

  private final Rules rules;
  private final Seen control;
  private final Seen other;
  private final boolean http2;
  private final List<Difference> differences = new ArrayList<>();
  private int step;

  private Comparison(Rules rules, Seen control, Seen other) {
    this.rules = rules;
    this.control = control;
    this.other = other;
    this.http2 = control.target().scheme().isHttp2() || other.target().scheme().isHttp2();
  }

  /** Every difference, in the order of the steps. */
  public static List<Difference> of(Rules rules, Seen control, Seen other) {
    Comparison comparison = new Comparison(rules, control, other);
    int steps = Math.min(control.answers().size(), other.answers().size());
    for (int i = 0; i < steps; i++) {
      comparison.step = i + 1;
      comparison.answers(control.answers().get(i), other.answers().get(i));
      comparison.received(control.received().get(i), other.received().get(i));
    }
    return List.copyOf(comparison.differences);
  }

  private void answers(Answer a, Answer b) {
    if (a.ending() != b.ending()) {
      differ("ending", ending(a), ending(b));
      if (a.status() == 0 || b.status() == 0) {
        return;
      }
    }
    fields("early", a.early(), b.early());
    differ("status", status(a), status(b));
    fields("header", a.fields(), b.fields());
    if (a.isComplete() && b.isComplete()) {
      body("body", a.body(), b.body());
      fields("trailer", a.trailers(), b.trailers());
    }
  }

  private static String ending(Answer answer) {
    String detail = answer.detail().isEmpty() ? "" : ": " + answer.detail();
    return answer.ending().words() + detail;
  }

  private String status(Answer answer) {
    return http2 ? Integer.toString(answer.status()) : answer.status() + " " + answer.reason();
  }

  private void received(List<Received> a, List<Received> b) {
    if (a.size() != b.size()) {
      differ("origin requests", lines(a), lines(b));
      return;
    }
    for (int i = 0; i < a.size(); i++) {
      differ("origin request", line(a.get(i)), line(b.get(i)));
      fields("origin header", a.get(i).fields(), b.get(i).fields());
      body("origin body", a.get(i).body(), b.get(i).body());
    }
  }

  private static String lines(List<Received> all) {
    return all.isEmpty() ? "none" : String.join("\n", all.stream().map(Comparison::line).toList());
  }

  private static String line(Received request) {
    return "origin " + request.origin() + ": " + request.line();
  }

  private void fields(String what, List<Field> left, List<Field> right) {
    Map<String, List<String>> a = byName(left, control.target());
    Map<String, List<String>> b = byName(right, other.target());
    Set<String> names = new TreeSet<>(a.keySet());
    names.addAll(b.keySet());
    boolean same = true;
    for (String name : names) {
      String where = what + " " + name;
      same &= differ(where, values(a.get(name)), values(b.get(name)));
    }
    if (same && rules.ordered()) {
      differ(what + " order", String.join(", ", a.keySet()), String.join(", ", b.keySet()));
    }
  }

  /** Values by name in the order of the fields; a target's own port is no difference. */
  private Map<String, List<String>> byName(List<Field> fields, Target target) {
    Map<String, List<String>> map = new LinkedHashMap<>();
    String port = ":" + target.port();
    for (Field field : fields) {
      String lower = field.name().toLowerCase(Locale.ROOT);
      if (!rules.ignored().contains(lower) && !(http2 && HTTP_1_ONLY.contains(lower))) {
        map.computeIfAbsent(http2 ? lower : field.name(), _ -> new ArrayList<>())
            .add(field.value().replace(port, ":PORT"));
      }
    }
    return map;
  }

  private static String values(@org.jspecify.annotations.Nullable List<String> values) {
    return values == null ? "absent" : String.join("\n", values);
  }

  private void body(String where, Body a, Body b) {
    if (a.equals(b)) {
      return;
    }
    int at = 0;
    int common = Math.min(a.head().length(), b.head().length());
    while (at < common && a.head().charAt(at) == b.head().charAt(at)) {
      at++;
    }
    differences.add(
        new Difference(other.target().name(), step, where, excerpt(a, at), excerpt(b, at)));
  }

  private static String excerpt(Body body, int at) {
    String head = body.head();
    String from = head.substring(Math.max(0, Math.min(at - BEFORE, head.length())));
    return body.length() + " octets, at " + at + ": " + Difference.shown(from);
  }

  /** Notes a difference; whether there is none. */
  private boolean differ(String where, String a, String b) {
    if (a.equals(b)) {
      return true;
    }
    differences.add(
        new Difference(
            other.target().name(), step, where, Difference.shown(a), Difference.shown(b)));
    return false;
  }
}
