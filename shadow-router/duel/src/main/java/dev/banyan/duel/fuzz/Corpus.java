package dev.banyan.duel.fuzz;

import dev.banyan.duel.run.CaseSource;
import dev.banyan.duel.suite.Case;
import java.util.List;

/** A source that keeps some of its cases to make others from them. */
public interface Corpus extends CaseSource {
  /** What was kept, in the order of being kept; when the duel is over. */
  List<Case> kept();
}
