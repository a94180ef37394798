package dev.banyan.host;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Immutable, for any thread: the calls of one pipeline, and which of them a request meets. A call
 * of a handler whose port is not about the request is not met; finding the others costs as much as
 * there are of them, however long the pipeline is.
 */
public final class RelevantCalls {
  private final int size;
  private final BitSet always;
  private final Map<String, BitSet> positions;
  private final RelevanceIndex index;
  private final BitSet turning;

  private RelevantCalls(
      int size,
      BitSet always,
      Map<String, BitSet> positions,
      RelevanceIndex index,
      BitSet turning) {
    this.size = size;
    this.always = always;
    this.positions = positions;
    this.index = index;
    this.turning = turning;
  }

  /** One call of a pipeline: a port, and what of it is called. */
  public record Call(BoundPort port, BoundTarget target) {
    private boolean conditional() {
      return target instanceof BoundHandler && !port.relevance().always();
    }

    private boolean turns() {
      return target instanceof BoundHandler handler && handler.rules().turnsRelevance();
    }
  }

  /** Indexes the calls of a pipeline. */
  public static RelevantCalls of(List<Call> calls) {
    BitSet always = new BitSet(calls.size());
    BitSet turning = new BitSet(calls.size());
    Map<String, BitSet> positions = new HashMap<>();
    Collection<BoundPort> conditional = new ArrayList<>();
    for (int i = 0; i < calls.size(); i++) {
      Call call = calls.get(i);
      turning.set(i, call.turns());
      if (!call.conditional()) {
        always.set(i);
        continue;
      }
      String module = call.port().module();
      if (!positions.containsKey(module)) {
        conditional.add(call.port());
      }
      positions.computeIfAbsent(module, _ -> new BitSet()).set(i);
    }
    return new RelevantCalls(
        calls.size(), always, positions, new RelevanceIndex(conditional), turning);
  }

  /** How many calls the pipeline has. */
  public int size() {
    return size;
  }

  /** The positions of the calls that are about the request as it is now. */
  public BitSet find(CallView request) {
    if (positions.isEmpty()) {
      return always;
    }
    BitSet found = (BitSet) always.clone();
    for (String module : index.find(request).modules()) {
      BitSet here = positions.get(module);
      if (here != null) {
        found.or(here);
      }
    }
    return found;
  }

  /**
   * Whether another look is due after the call at a position: it may have changed what a request's
   * relevance is told by.
   */
  public boolean turns(int position) {
    return !positions.isEmpty() && turning.get(position);
  }
}
