package dev.banyan.duel.run;

import dev.banyan.duel.suite.Case;
import dev.banyan.duel.suite.Field;
import dev.banyan.duel.suite.OriginAnswer;
import dev.banyan.duel.suite.Request;
import dev.banyan.duel.suite.Step;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * Confined to the duel's event loop: cases that are made from others by small changes. One whose
 * answers are of a sort not seen before is changed further. The first cases are the same for one
 * seed; which are kept depends on what is answered first.
 */
public final class Fuzzer implements CaseSource {
  private static final int MAX_CORPUS = 20_000;
  private static final String BYTES = "\"'<>;:%&=?/\\.,-_ +~|`$(){}[]*#@!^aZ09\u0000\t\u0080\u00ff";
  private static final List<String> METHODS =
      List.of("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "get", "FOO");

  private final List<Case> corpus;
  private final int count;
  private final Random random;
  private final Set<String> sorts = new HashSet<>();
  private int made;

  /**
   * A source of so many cases.
   *
   * @param corpus what to start from; never empty
   */
  public Fuzzer(List<Case> corpus, int count, long seed) {
    this.corpus = new ArrayList<>(corpus);
    this.count = count;
    this.random = new Random(seed);
  }

  @Override
  public int size() {
    return count;
  }

  @Override
  public Optional<Case> next() {
    if (made >= count) {
      return Optional.empty();
    }
    made++;
    Case parent = corpus.get(random.nextInt(corpus.size()));
    int step = random.nextInt(parent.steps().size());
    Step changed = parent.steps().get(step);
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      changed = changed(changed);
    }
    List<Step> steps = new ArrayList<>(parent.steps());
    steps.set(step, changed);
    return Optional.of(new Case("mutant " + made, "fuzz", steps, "made from " + root(parent)));
  }

  private static String root(Case parent) {
    return parent.source().replaceFirst("^made from ", "");
  }

  /** Keeps what is answered as nothing was before: by status, by names of fields, by origin. */
  @Override
  public void seen(Outcome outcome) {
    StringBuilder sort = new StringBuilder();
    var first = outcome.seen().getFirst();
    for (int i = 0; i < first.answers().size(); i++) {
      var answer = first.answers().get(i);
      sort.append(answer.ending()).append(answer.status());
      answer.fields().forEach(field -> sort.append(' ').append(field.name()));
      first
          .received()
          .get(i)
          .forEach(request -> {
            sort.append(" | ").append(request.origin());
            request.fields().forEach(field -> sort.append(' ').append(field.name()));
          });
    }
    if (sorts.add(sort.toString()) && corpus.size() < MAX_CORPUS) {
      corpus.add(outcome.one());
    }
  }

  private Step changed(Step step) {
    Request request = step.request();
    return switch (random.nextInt(9)) {
      case 0 -> step.with(request.withMethod(one(METHODS)));
      case 1, 2 -> step.with(request.withTarget(target(request.target())));
      case 3 -> step.with(fields(request));
      case 4 -> step.with(spliced(request));
      case 5 -> step.with(request.withBody(body(request.body())));
      case 6 -> step.with(doubled(request));
      case 7 -> new Step(request, other().origin());
      default -> new Step(request, answer(step.origin()));
    };
  }

  private <T> T one(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private Step other() {
    return one(one(corpus).steps());
  }

  /** Chars that a request line can't hold would make another request of it: they are encoded. */
  private String target(String target) {
    String changed = text(target);
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < changed.length(); i++) {
      char c = changed.charAt(i);
      out.append(c > ' ' && c < 0x7f ? String.valueOf(c) : String.format("%%%02x", (int) c));
    }
    return out.toString().startsWith("/") ? out.toString() : "/" + out;
  }

  private Request fields(Request request) {
    List<Field> fields = new ArrayList<>(request.fields());
    int index = random.nextInt(Math.max(1, fields.size()));
    if (fields.isEmpty()) {
      return request;
    }
    Field field = fields.get(index);
    if (random.nextInt(4) == 0 && !field.named("Host")) {
      fields.remove(index);
    } else {
      fields.set(index, new Field(field.name(), value(text(field.value()))));
    }
    return request.withFields(fields);
  }

  private static String value(String text) {
    return text.replaceAll("[\\r\\n\\x00]", "").strip();
  }

  /** A field, or the arguments, of another case. */
  private Request spliced(Request request) {
    Request from = other().request();
    int query = from.target().indexOf('?');
    if (query >= 0 && random.nextBoolean()) {
      String join = request.target().indexOf('?') < 0 ? "?" : "&";
      return request.withTarget(request.target() + join + from.target().substring(query + 1));
    }
    return from.fields().isEmpty() ? request : replaced(request, one(from.fields()));
  }

  private static Request replaced(Request request, Field field) {
    List<Field> fields = new ArrayList<>(request.fields());
    fields.removeIf(other -> other.named(field.name()));
    fields.add(field);
    return request.withFields(fields);
  }

  private Request doubled(Request request) {
    List<Field> fields = new ArrayList<>(request.fields());
    fields.removeIf(f -> f.named("Host") || f.named("Content-Length"));
    if (fields.isEmpty()) {
      return request;
    }
    Field field = one(fields);
    return request.with(field.name(), value(text(field.value())));
  }

  private String body(String body) {
    return body.isEmpty() ? "a=1&b=" + text("two") : text(body);
  }

  private OriginAnswer answer(OriginAnswer answer) {
    return new OriginAnswer(
        answer.status(),
        answer.reason(),
        answer.fields(),
        text(answer.body()),
        answer.sending(),
        answer.delay());
  }

  /** A text with one small change. */
  private String text(String text) {
    int at = random.nextInt(text.length() + 1);
    int end = Math.min(text.length(), at + 1 + random.nextInt(8));
    String start = text.substring(0, at);
    String rest = text.substring(at);
    return switch (random.nextInt(6)) {
      case 0 -> start + octet() + rest;
      case 1 -> start + text.substring(end);
      case 2 -> start + text.substring(at, end) + rest;
      case 3 -> start + octet() + (rest.isEmpty() ? "" : rest.substring(1));
      case 4 -> start + swapped(text.substring(at, end)) + text.substring(end);
      default -> start + encoded(text.substring(at, end)) + text.substring(end);
    };
  }

  private char octet() {
    return BYTES.charAt(random.nextInt(BYTES.length()));
  }

  private static String swapped(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      out.append(
          Character.isUpperCase(c)
              ? Character.toLowerCase(c)
              : c < 0x7f ? Character.toUpperCase(c) : c);
    }
    return out.toString();
  }

  private static String encoded(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      out.append(String.format("%%%02x", (int) c));
    }
    return out.toString();
  }
}
