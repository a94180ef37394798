package dev.banyan.duel.fuzz;

import dev.banyan.duel.run.Outcome;
import dev.banyan.duel.suite.Case;
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
public final class Fuzzer implements Corpus {
  private static final int MAX_CORPUS = 20_000;

  private final List<Case> corpus;
  private final List<Case> kept = new ArrayList<>();
  private final int count;
  private final Random random;
  private final Mutator mutator;
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
    this.mutator = new Mutator(corpus, random);
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
    return Optional.of(mutator.mutant(corpus.get(random.nextInt(corpus.size())), corpus));
  }

  /** Keeps what is answered as nothing was before: by status, by names of fields, by origin. */
  @Override
  public void seen(Outcome outcome) {
    if (sorts.add(sort(outcome)) && corpus.size() < MAX_CORPUS) {
      corpus.add(outcome.one());
      kept.add(outcome.one());
    }
  }

  private static String sort(Outcome outcome) {
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
    return sort.toString();
  }

  @Override
  public List<Case> kept() {
    return List.copyOf(kept);
  }
}
