package dev.banyan.duel.run;

import dev.banyan.duel.suite.Case;
import dev.banyan.duel.suite.Field;
import dev.banyan.duel.suite.Request;
import dev.banyan.duel.suite.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Owned by one thread, which waits for the answers: makes a case smaller as long as it differs in
 * the same way: fewer steps, fields and arguments, a shorter path, shorter values, a shorter body.
 */
public final class Shrinker {
  /** How often a case is asked at most. */
  public static final int MAX_ASKED = 400;

  private final Differing differing;
  private Case best;
  private int asked;

  /** Asks a case, and waits for what comes of it. */
  @FunctionalInterface
  public interface Differing {
    /** Whether it differs in nothing but what the case differs in that is to be made smaller. */
    boolean test(Case one) throws InterruptedException;
  }

  /** Of a case that differs. */
  public Shrinker(Case one, Differing differing) {
    this.differing = differing;
    this.best = one;
  }

  /** How often cases were asked so far. */
  public int asked() {
    return asked;
  }

  /** The smallest case that was found. */
  public Case smallest() throws InterruptedException {
    steps();
    boolean smaller = true;
    while (smaller && asked < MAX_ASKED) {
      Case before = best;
      for (int i = 0; i < best.steps().size(); i++) {
        fields(i);
        arguments(i);
        path(i);
        body(i);
        values(i);
      }
      smaller = !before.equals(best);
    }
    return best;
  }

  /** Whether the candidate differs so; it is kept then. */
  private boolean accept(Case candidate) throws InterruptedException {
    if (asked >= MAX_ASKED || candidate.equals(best)) {
      return false;
    }
    asked++;
    boolean same = differing.test(candidate);
    if (same) {
      best = candidate;
    }
    return same;
  }

  private void steps() throws InterruptedException {
    for (int i = best.steps().size() - 1; i >= 0 && best.steps().size() > 1; i--) {
      List<Step> fewer = new ArrayList<>(best.steps());
      fewer.remove(i);
      accept(best.withSteps(fewer));
    }
  }

  private boolean change(int step, UnaryOperator<Request> change) throws InterruptedException {
    return accept(best.withRequest(step, change.apply(best.steps().get(step).request())));
  }

  private Request at(int step) {
    return best.steps().get(step).request();
  }

  private void fields(int step) throws InterruptedException {
    for (int i = at(step).fields().size() - 1; i >= 0; i--) {
      List<Field> fewer = new ArrayList<>(at(step).fields());
      if (!fewer.remove(i).named("Host")) {
        change(step, request -> request.withFields(fewer));
      }
    }
  }

  private void arguments(int step) throws InterruptedException {
    String target = at(step).target();
    int query = target.indexOf('?');
    if (query < 0 || change(step, request -> request.withTarget(target.substring(0, query)))) {
      return;
    }
    List<String> args = new ArrayList<>(List.of(target.substring(query + 1).split("&", -1)));
    for (int i = args.size() - 1; i >= 0 && args.size() > 1; i--) {
      String removed = args.remove(i);
      String fewer = target.substring(0, query + 1) + String.join("&", args);
      if (!change(step, request -> request.withTarget(fewer))) {
        args.add(i, removed);
      }
    }
  }

  private void path(int step) throws InterruptedException {
    String target = at(step).target();
    int query = target.indexOf('?');
    String path = query < 0 ? target : target.substring(0, query);
    String rest = query < 0 ? "" : target.substring(query);
    if (path.length() > 1 && change(step, request -> request.withTarget("/" + rest))) {
      return;
    }
    List<String> segments = new ArrayList<>(List.of(path.split("/", -1)));
    for (int i = segments.size() - 1; i > 0 && segments.size() > 2; i--) {
      String removed = segments.remove(i);
      String fewer = segments.stream().collect(Collectors.joining("/"));
      if (!change(step, request -> request.withTarget(fewer + rest))) {
        segments.add(i, removed);
      }
    }
  }

  private void body(int step) throws InterruptedException {
    shorter(at(step).body(), body -> change(step, request -> request.withBody(body)));
  }

  private void values(int step) throws InterruptedException {
    for (int i = 0; i < at(step).fields().size(); i++) {
      int index = i;
      Field field = at(step).fields().get(i);
      if (!field.named("Host") && !field.named("Content-Length")) {
        shorter(field.value(), value -> change(step, request -> valued(request, index, value)));
      }
    }
    String target = at(step).target();
    int query = target.indexOf('?');
    if (query >= 0) {
      String path = target.substring(0, query + 1);
      shorter(
          target.substring(query + 1),
          rest -> change(step, request -> request.withTarget(path + rest)));
    }
  }

  private static Request valued(Request request, int index, String value) {
    List<Field> fields = new ArrayList<>(request.fields());
    fields.set(index, new Field(fields.get(index).name(), value));
    return request.withFields(fields);
  }

  /** Takes a shorter text, and says whether it still differs. */
  @FunctionalInterface
  private interface Shorter {
    boolean accepts(String text) throws InterruptedException;
  }

  /** Cuts pieces out, large ones first. */
  private void shorter(String text, Shorter test) throws InterruptedException {
    String now = text;
    for (int piece = now.length(); piece > 0; piece /= 2) {
      int at = 0;
      while (at < now.length() && asked < MAX_ASKED) {
        String cut = now.substring(0, at) + now.substring(Math.min(now.length(), at + piece));
        if (test.accepts(cut)) {
          now = cut;
        } else {
          at += piece;
        }
      }
    }
  }
}
