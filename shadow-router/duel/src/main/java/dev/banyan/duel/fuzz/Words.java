package dev.banyan.duel.fuzz;

import dev.banyan.duel.suite.Case;
import dev.banyan.duel.suite.Field;
import dev.banyan.duel.suite.Request;
import dev.banyan.duel.suite.Step;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Owned by one thread: the words that cases are made of, by what they stand for: what code asks for
 * in one place may have been seen in another.
 */
final class Words {
  private static final int MOST = 20_000;
  private static final int LONGEST = 200;
  private static final Pattern FRAMING =
      Pattern.compile("(?i)content-length|transfer-encoding|connection|upgrade|expect|host");
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9-]*");
  private static final Pattern VARIABLE =
      Pattern.compile("^(?:sent_|upstream_)?(?:http|arg|cookie)_");

  private final List<String> words;
  private final List<String> names;
  private final Random random;
  private List<String> wanted = List.of();
  private List<String> wantedNames = List.of();

  /** Those of these cases. */
  Words(List<Case> cases, Random random) {
    Set<String> all = new LinkedHashSet<>(List.of("", "0", "1", "-1", "true", "2147483648"));
    Set<String> fields = new LinkedHashSet<>(List.of("Accept"));
    for (Case one : cases) {
      for (Step step : one.steps()) {
        request(step.request(), all, fields);
      }
    }
    this.words = List.copyOf(all);
    this.names = List.copyOf(fields);
    this.random = random;
  }

  private static void request(Request request, Set<String> all, Set<String> fields) {
    all.add(request.target().replaceFirst("\\?.*", ""));
    split(request.target(), "[/?&=]", all);
    for (Field field : request.fields()) {
      if (isFraming(field.name())) {
        continue;
      }
      add(fields, field.name());
      add(all, field.value());
      split(field.value(), "[;,= ]+", all);
    }
    split(request.body(), "[&=\"{}:,<>\\s]+", all);
  }

  private static void split(String text, String by, Set<String> to) {
    if (text.length() <= LONGEST * LONGEST) {
      for (String word : text.split(by)) {
        add(to, word);
      }
    }
  }

  private static void add(Set<String> to, String word) {
    if (to.size() < MOST && word.length() <= LONGEST && !word.isEmpty()) {
      to.add(word);
    }
  }

  /** Whether a field says how a message is sent: a change makes another request of it. */
  private static boolean isFraming(String name) {
    return FRAMING.matcher(name).matches();
  }

  /** From now on most words are of these: what code asks for that was not met yet. */
  void wanted(List<String> texts) {
    Set<String> all = new LinkedHashSet<>();
    for (String text : texts) {
      add(all, text);
      add(all, VARIABLE.matcher(text).replaceFirst("").replace('_', '-'));
    }
    wanted = List.copyOf(all);
    wantedNames =
        all.stream().filter(NAME.asMatchPredicate().and(text -> !isFraming(text))).toList();
  }

  /** A word. */
  String word() {
    return one(wanted, words);
  }

  /** The name of a field. */
  String name() {
    return one(wantedNames, names);
  }

  private String one(List<String> some, List<String> all) {
    List<String> from = some.isEmpty() || random.nextInt(4) == 0 ? all : some;
    return from.get(random.nextInt(from.size()));
  }

  /**
   * Two of them, as most small languages in requests are made of. What stands side by side in code
   * is often a name and its value.
   */
  List<String> pair() {
    if (wanted.size() < 2 || random.nextBoolean()) {
      return List.of(word(), word());
    }
    int at = random.nextInt(wanted.size() - 1);
    return wanted.subList(at, at + 2);
  }
}
