package dev.banyan.duel.fuzz;

import dev.banyan.duel.run.Outcome;
import dev.banyan.duel.suite.Case;
import dev.banyan.duel.suite.SuiteException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Confined to the duel's event loop, but for {@link #more} while nothing is in flight: first all
 * cases of a suite, then such as are made by small changes from those that reached code which none
 * before them had reached.
 *
 * <p>Cases are asked in groups. What a group has reached is asked for when all of it is answered,
 * and the earliest case that came to a place is the one to be kept, whatever was answered first.
 */
public final class GuidedFuzzer implements Corpus {
  /** Cases of a group at most; no more of them are in flight. */
  public static final int GROUP = 32;

  private static final int MAX_CORPUS = 20_000;
  private static final int NEWEST = 16;
  private static final int GROUPS_KEPT = 8;
  private static final Predicate<String> LINE = Pattern.compile(":\\d+$").asPredicate();

  private final CodeFeedback feedback;
  private final Deque<Case> seeds;
  private final int all;
  private final int count;
  private final Random random;
  private final Mutator mutator;
  private final List<Case> kept = new ArrayList<>();
  private final Set<String> reached = new HashSet<>();
  private final Map<String, Case> owners = new HashMap<>();
  private final Deque<List<String>> groups = new ArrayDeque<>();
  private final List<Case> group = new ArrayList<>();
  private List<String> marks = new ArrayList<>();
  private int made;

  /**
   * A source of all cases of a suite and so many mutants.
   *
   * @param suite what to start from; never empty
   * @param count how many mutants
   */
  public GuidedFuzzer(List<Case> suite, int count, long seed, CodeFeedback feedback) {
    this.feedback = feedback;
    this.seeds = new ArrayDeque<>(suite);
    this.all = suite.size() + count;
    this.count = count;
    this.random = new Random(seed);
    this.mutator = new Mutator(suite, random);
  }

  @Override
  public int size() {
    return all;
  }

  @Override
  public Optional<Case> next() {
    if (group.size() == GROUP) {
      return Optional.empty();
    }
    Case next = seeds.poll();
    if (next == null) {
      if (made == count || kept.isEmpty()) {
        return Optional.empty();
      }
      made++;
      next = mutator.mutant(parent(), kept);
    }
    group.add(next);
    return Optional.of(next);
  }

  /** Every other time one of those that were kept last: what they reached has been tried least. */
  private Case parent() {
    int newest = Math.min(NEWEST, kept.size());
    return random.nextBoolean()
        ? kept.get(kept.size() - 1 - random.nextInt(newest))
        : kept.get(random.nextInt(kept.size()));
  }

  @Override
  public void seen(Outcome outcome) {
    outcome.seen().forEach(seen -> seen.marks().forEach(mark -> own(mark, outcome.one())));
  }

  private void own(String mark, Case one) {
    owners.put(mark, one);
    marks.add(mark);
  }

  @Override
  public boolean more() {
    CodeFeedback.Reached found = feedback.take();
    keep(found.places());
    mutator.wanted(found.words());
    if (seeds.isEmpty() && kept.isEmpty()) {
      throw new SuiteException(
          "none of "
              + all
              + " cases reached any Lua that tells of it: is the server of --coverage one of those"
              + " that are asked, are its modules at lua, and does it see the field of --mark?");
    }
    groups.add(marks);
    marks = new ArrayList<>();
    if (groups.size() > GROUPS_KEPT) {
      groups.remove().forEach(owners::remove);
    }
    group.clear();
    return !seeds.isEmpty() || made < count;
  }

  private void keep(Map<String, Set<String>> places) {
    Map<Case, Set<String>> found = new HashMap<>();
    places.forEach((place, by) -> {
      for (String mark : by) {
        Case one = owners.get(mark);
        if (one != null) {
          found.computeIfAbsent(one, _ -> new TreeSet<>()).add(place);
        }
      }
    });
    List<Case> order = new ArrayList<>(group);
    found.keySet().stream().filter(one -> !group.contains(one)).forEach(order::add);
    for (Case one : order) {
      Set<String> own = found.getOrDefault(one, Set.of());
      List<String> fresh = own.stream().filter(reached::add).toList();
      if (!fresh.isEmpty() && kept.size() < MAX_CORPUS) {
        kept.add(named(one, fresh));
      }
    }
  }

  /** With what it reaches in the place where suites have a comment. */
  private static Case named(Case one, List<String> fresh) {
    String place = fresh.stream().filter(LINE).findFirst().orElse(fresh.getFirst());
    String more = fresh.size() == 1 ? "" : " and " + (fresh.size() - 1) + " more";
    String source = one.source().replaceFirst("; reaches .*", "");
    return new Case(one.title(), one.group(), one.steps(), source + "; reaches " + place + more);
  }

  @Override
  public List<Case> kept() {
    return List.copyOf(kept);
  }

  /** How many places were reached. */
  public int places() {
    return reached.size();
  }
}
