package dev.banyan.modules.edge;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Thread-safe: looks for many texts at once, without case, in one pass over an octet string
 * (Aho-Corasick's automaton, with octets that no text tells apart folded into one column).
 */
public final class TextFinder {
  private static final int OCTETS = 256;

  private final int words;

  /** A state's row has this many columns, a power of two. */
  private final int rowBits;

  private final byte[] columns = new byte[OCTETS];
  private final char[] next;

  /** States from here on end a text. */
  private final int firstEnd;

  /** What each of those has ended, {@link #words} for each. */
  private final long[] bits;

  /** Bit {@code i} of a scan tells whether one of {@code sets.get(i)} was there. */
  public TextFinder(List<Set<String>> sets) {
    words = (sets.size() + Long.SIZE - 1) / Long.SIZE;
    int width = columns(sets);
    rowBits = Integer.SIZE - Integer.numberOfLeadingZeros(width - 1);
    List<int[]> states = new ArrayList<>();
    List<long[]> ends = new ArrayList<>();
    add(states, ends, width);
    for (int i = 0; i < sets.size(); i++) {
      for (String text : sets.get(i)) {
        ends.get(insert(text, states, ends, width))[i / Long.SIZE] |= 1L << i;
      }
    }
    link(states, ends, width);
    int[] order = endsLast(ends);
    firstEnd = (int) ends.stream().filter(TextFinder::none).count();
    next = new char[states.size() << rowBits];
    bits = new long[(states.size() - firstEnd) * words];
    fill(states, ends, order, width);
  }

  /** How many words a scan's bits take. */
  public int words() {
    return words;
  }

  /** The bits of what is in the text, whose chars are octets; null when nothing is. */
  public long @Nullable [] scan(String text) {
    long[] seen = null;
    int state = 0;
    int length = text.length();
    for (int i = 0; i < length; i++) {
      state = next[(state << rowBits) + columns[text.charAt(i) & 0xff]];
      if (state >= firstEnd) {
        seen = seen == null ? new long[words] : seen;
        int at = (state - firstEnd) * words;
        for (int word = 0; word < words; word++) {
          seen[word] |= bits[at + word];
        }
      }
    }
    return seen;
  }

  /**
   * Gives each octet its column. One of a longer text has its own; those that are only texts by
   * themselves share one with all others that are in the same sets.
   */
  private int columns(List<Set<String>> sets) {
    BitSet own = new BitSet();
    Map<Character, BitSet> alone = new HashMap<>();
    for (int i = 0; i < sets.size(); i++) {
      for (String text : sets.get(i)) {
        if (text.length() == 1) {
          alone.computeIfAbsent(text.charAt(0), _ -> new BitSet()).set(i);
        } else {
          text.chars().forEach(own::set);
        }
      }
    }
    int count = 1;
    for (int c = own.nextSetBit(0); c >= 0; c = own.nextSetBit(c + 1)) {
      columns[c] = (byte) count++;
    }
    Map<BitSet, Integer> shared = new HashMap<>();
    for (Map.Entry<Character, BitSet> octet : alone.entrySet()) {
      if (!own.get(octet.getKey())) {
        Integer known = shared.putIfAbsent(octet.getValue(), count);
        columns[octet.getKey()] = (byte) (known == null ? count++ : known);
      }
    }
    if (count > Byte.MAX_VALUE) {
      throw new IllegalArgumentException("the texts tell more than 126 octets apart");
    }
    for (char c = 'A'; c <= 'Z'; c++) {
      columns[c] = columns[c + 'a' - 'A'];
    }
    return count;
  }

  private void add(List<int[]> states, List<long[]> ends, int width) {
    int[] none = new int[width];
    Arrays.fill(none, -1);
    states.add(none);
    ends.add(new long[words]);
    if (states.size() > Character.MAX_VALUE) {
      throw new IllegalArgumentException("the texts need more than 65,535 states");
    }
  }

  private int insert(String text, List<int[]> states, List<long[]> ends, int width) {
    int state = 0;
    for (int i = 0; i < text.length(); i++) {
      int column = columns[text.charAt(i)];
      int child = states.get(state)[column];
      if (child < 0) {
        child = states.size();
        add(states, ends, width);
        states.get(state)[column] = child;
      }
      state = child;
    }
    return state;
  }

  /** Where a text stops, the longest other one that ends there goes on. */
  private void link(List<int[]> states, List<long[]> ends, int width) {
    int[] fail = new int[states.size()];
    ArrayDeque<Integer> queue = new ArrayDeque<>();
    queue.add(0);
    while (!queue.isEmpty()) {
      int state = queue.remove();
      for (int column = 0; column < width; column++) {
        int back = state == 0 ? 0 : states.get(fail[state])[column];
        int child = states.get(state)[column];
        if (child < 0) {
          states.get(state)[column] = back;
          continue;
        }
        fail[child] = back;
        for (int word = 0; word < words; word++) {
          ends.get(child)[word] |= ends.get(back)[word];
        }
        queue.add(child);
      }
    }
  }

  private static boolean none(long[] end) {
    return Arrays.stream(end).allMatch(word -> word == 0);
  }

  /** The place of each state when those that end a text stand behind the others. */
  private static int[] endsLast(List<long[]> ends) {
    int[] order = new int[ends.size()];
    int place = 0;
    for (boolean last : new boolean[] {false, true}) {
      for (int state = 0; state < order.length; state++) {
        if (none(ends.get(state)) != last) {
          order[state] = place++;
        }
      }
    }
    return order;
  }

  private void fill(List<int[]> states, List<long[]> ends, int[] order, int width) {
    for (int state = 0; state < states.size(); state++) {
      for (int column = 0; column < width; column++) {
        next[(order[state] << rowBits) + column] = (char) order[states.get(state)[column]];
      }
      if (order[state] >= firstEnd) {
        System.arraycopy(ends.get(state), 0, bits, (order[state] - firstEnd) * words, words);
      }
    }
  }
}
