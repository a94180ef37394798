package dev.banyan.duel.fuzz;

import dev.banyan.duel.suite.Case;
import dev.banyan.duel.suite.Field;
import dev.banyan.duel.suite.OriginAnswer;
import dev.banyan.duel.suite.Request;
import dev.banyan.duel.suite.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Owned by one thread: makes cases from others by small changes to method, path, arguments, fields,
 * cookies, body and the origin's answer. The same for one seed and one order of calls.
 */
final class Mutator {
  private static final int MOST_CHANGES = 4;
  private static final List<String> METHODS =
      List.of("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "get", "FOO");

  private final Random random;
  private final Words words;
  private final Texts texts;
  private int made;

  /** With the words of these cases. */
  Mutator(List<Case> cases, Random random) {
    this.random = random;
    this.words = new Words(cases, random);
    this.texts = new Texts(random, words);
  }

  /** What code asks for that was not met yet, as far as that is known. */
  void wanted(List<String> texts) {
    words.wanted(texts);
  }

  /** Another case made from one; parts may come from those of {@code corpus}. */
  Case mutant(Case parent, List<Case> corpus) {
    int step = random.nextInt(parent.steps().size());
    Step changed = parent.steps().get(step);
    for (int i = 1 + random.nextInt(MOST_CHANGES); i > 0; i--) {
      changed = changed(changed, corpus);
    }
    List<Step> steps = new ArrayList<>(parent.steps());
    steps.set(step, changed);
    String source = "made from " + root(parent.source());
    return new Case("mutant " + ++made, "fuzz", steps, source);
  }

  /** Where the case comes from that all its forebears were made from. */
  private static String root(String source) {
    return source.replaceFirst("^made from ", "").replaceFirst("; reaches .*", "");
  }

  private Step changed(Step step, List<Case> corpus) {
    Request request = step.request();
    return switch (random.nextInt(13)) {
      case 0 -> step.with(request.withMethod(one(METHODS)));
      case 1 -> step.with(request.withTarget(Texts.target(texts.changed(request.target()))));
      case 2, 3, 4 -> step.with(request.withTarget(arguments(request.target())));
      case 5 -> step.with(request.withTarget(path(request.target())));
      case 6 -> step.with(fields(request));
      case 7 -> step.with(replaced(request, words.name(), words.word()));
      case 8 -> step.with(spliced(request, other(corpus).request()));
      case 9 -> step.with(cookies(request));
      case 10 -> step.with(request.withBody(body(request.body())));
      case 11 -> step.with(doubled(request));
      default ->
          random.nextBoolean()
              ? new Step(request, other(corpus).origin())
              : new Step(request, answer(step.origin()));
    };
  }

  private <T> T one(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private Step other(List<Case> corpus) {
    return one(one(corpus).steps());
  }

  private String arguments(String target) {
    int query = target.indexOf('?');
    String path = query < 0 ? target : target.substring(0, query);
    return Texts.target(path + "?" + pairs(query < 0 ? "" : target.substring(query + 1), "&"));
  }

  private String path(String target) {
    int query = target.indexOf('?');
    String path = query < 0 ? target : target.substring(0, query);
    List<String> parts = new ArrayList<>(Arrays.asList(path.substring(1).split("/", -1)));
    int at = random.nextInt(parts.size());
    switch (random.nextInt(4)) {
      case 0 -> parts.set(at, words.word());
      case 1 -> parts.add(at, words.word());
      case 2 -> parts.set(at, texts.changed(parts.get(at)));
      default -> parts.remove(at);
    }
    return Texts.target("/" + String.join("/", parts) + (query < 0 ? "" : target.substring(query)));
  }

  /** {@code name=value} several times, one of them changed. */
  private String pairs(String text, String between) {
    List<String> pairs = new ArrayList<>();
    if (!text.isEmpty()) {
      pairs.addAll(Arrays.asList(text.split(between, -1)));
    }
    if (pairs.isEmpty() || random.nextInt(4) == 0) {
      pairs.add(random.nextInt(pairs.size() + 1), String.join("=", words.pair()));
      return String.join(between, pairs);
    }
    int at = random.nextInt(pairs.size());
    String[] pair = pairs.get(at).split("=", 2);
    String value = pair.length == 1 ? "" : pair[1];
    switch (random.nextInt(5)) {
      case 0 -> pairs.remove(at);
      case 1 -> pairs.add(pairs.get(at));
      case 2 -> pairs.set(at, words.word() + "=" + value);
      case 3 -> pairs.set(at, pair[0] + "=" + words.word());
      default -> pairs.set(at, pair[0] + "=" + texts.changed(value));
    }
    return String.join(between, pairs);
  }

  private Request cookies(Request request) {
    String changed = pairs(request.value("Cookie").orElse(""), "; ");
    return replaced(request, "Cookie", changed);
  }

  private Request fields(Request request) {
    List<Field> fields = new ArrayList<>(request.fields());
    if (fields.isEmpty()) {
      return request;
    }
    int index = random.nextInt(fields.size());
    Field field = fields.get(index);
    if (random.nextInt(4) == 0 && !field.named("Host")) {
      fields.remove(index);
    } else {
      fields.set(index, new Field(field.name(), Texts.value(texts.changed(field.value()))));
    }
    return request.withFields(fields);
  }

  /** A field, or the arguments, of another case. */
  private Request spliced(Request request, Request from) {
    int query = from.target().indexOf('?');
    if (query >= 0 && random.nextBoolean()) {
      String join = request.target().indexOf('?') < 0 ? "?" : "&";
      return request.withTarget(request.target() + join + from.target().substring(query + 1));
    }
    if (from.fields().isEmpty()) {
      return request;
    }
    Field field = one(from.fields());
    return replaced(request, field.name(), field.value());
  }

  private static Request replaced(Request request, String name, String value) {
    List<Field> fields = new ArrayList<>(request.fields());
    fields.removeIf(other -> other.named(name));
    fields.add(new Field(name, Texts.value(value)));
    return request.withFields(fields);
  }

  private Request doubled(Request request) {
    List<Field> fields = new ArrayList<>(request.fields());
    fields.removeIf(f -> f.named("Host") || f.named("Content-Length"));
    if (fields.isEmpty()) {
      return request;
    }
    Field field = one(fields);
    return request.with(field.name(), Texts.value(texts.changed(field.value())));
  }

  private String body(String body) {
    return body.isEmpty() || (body.indexOf('=') > 0 && random.nextBoolean())
        ? pairs(body, "&")
        : texts.changed(body);
  }

  private OriginAnswer answer(OriginAnswer answer) {
    return new OriginAnswer(
        answer.status(),
        answer.reason(),
        answer.fields(),
        texts.changed(answer.body()),
        answer.sending(),
        answer.delay());
  }
}
