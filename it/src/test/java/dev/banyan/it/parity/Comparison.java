package dev.banyan.it.parity;

import dev.banyan.it.origin.ReceivedRequest;
import dev.banyan.it.traffic.Exchange;
import dev.banyan.it.wire.Field;
import dev.banyan.it.wire.Payload;
import dev.banyan.it.wire.RawAnswer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Compares what the two sides made of one request. */
final class Comparison {
  private final Exchange exchange;
  private final Side left;
  private final Side right;
  private final List<Difference> differences = new ArrayList<>();

  private Comparison(Exchange exchange, Side left, Side right) {
    this.exchange = exchange;
    this.left = left;
    this.right = right;
  }

  static List<Difference> of(Exchange exchange, Side left, Seen a, Side right, Seen b) {
    Comparison comparison = new Comparison(exchange, left, right);
    comparison.answers(a.answer(), b.answer());
    comparison.received(a.received(), b.received());
    return comparison.differences;
  }

  /** Whether both have the same fields in another order. */
  static boolean reordered(RawAnswer a, RawAnswer b) {
    List<String> names = a.head().fields().stream().map(f -> f.name()).toList();
    List<String> others = b.head().fields().stream().map(f -> f.name()).toList();
    return !names.equals(others)
        && names.stream().sorted().toList().equals(others.stream().sorted().toList());
  }

  private void answers(RawAnswer a, RawAnswer b) {
    differ("status", a.head().startLine(), b.head().startLine());
    differ("headers", fields(a, left), fields(b, right));
    differ("end of the connection", "" + a.closed(), "" + b.closed());
    bodies("", a.body(), b.body());
  }

  private void received(List<ReceivedRequest> left, List<ReceivedRequest> right) {
    List<ReceivedRequest> a = withoutFreeRetries(left);
    List<ReceivedRequest> b = withoutFreeRetries(right);
    differ("origin requests", lines(a), lines(b));
    for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
      String where = "origin request " + (i + 1) + " ";
      differ(where + "fields", "" + a.get(i).head().fields(), "" + b.get(i).head().fields());
      bodies(where, a.get(i).body(), b.get(i).body());
    }
  }

  /**
   * When a kept connection turns out to be closed, nginx repeats the request at no cost to the
   * number of tries; whether one was kept depends on which worker serves.
   */
  private static List<ReceivedRequest> withoutFreeRetries(List<ReceivedRequest> requests) {
    Set<String> origins = new HashSet<>();
    return requests.stream()
        .filter(r -> !r.path().equals("/drop") || origins.add(r.origin()))
        .toList();
  }

  private void bodies(String where, Payload a, Payload b) {
    differ(where + "framing", a.framing() + " " + a.trailers(), b.framing() + " " + b.trailers());
    differ(where + "completeness", "" + a.complete(), "" + b.complete());
    if (!Arrays.equals(a.bytes(), b.bytes())) {
      int at = Math.max(0, Arrays.mismatch(a.bytes(), b.bytes()) - 20);
      String from =
          where + "body (" + a.bytes().length + ", " + b.bytes().length + " bytes) at " + at;
      String lefts = a.text().substring(Math.min(at, a.bytes().length));
      differences.add(
          new Difference(
              exchange, from, lefts, b.text().substring(Math.min(at, b.bytes().length))));
    }
  }

  private static String fields(RawAnswer answer, Side side) {
    return String.join(
        "\n",
        answer.head().fields().stream()
            .filter(f -> !f.named("Date") && !f.named("Server"))
            .map(Field::toString)
            .map(side::withoutPort)
            .sorted()
            .toList());
  }

  private static String lines(List<ReceivedRequest> requests) {
    return String.join(
        "\n", requests.stream().map(r -> r.origin() + " " + r.head().startLine()).toList());
  }

  private void differ(String where, String a, String b) {
    if (!a.equals(b)) {
      differences.add(new Difference(exchange, where, a, b));
    }
  }

  /** What one side made of a request: its answer, and what its origins received for it. */
  record Seen(RawAnswer answer, List<ReceivedRequest> received) {}
}
