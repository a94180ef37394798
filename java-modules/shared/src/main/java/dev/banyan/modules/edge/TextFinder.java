package dev.banyan.modules.edge;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Thread-safe: looks for many texts at once, without case, in one pass over an octet string
 * (Aho-Corasick's automaton, with octets that no text uses folded into one column).
 */
public final class TextFinder {
  private static final int OCTETS = 256;

  private final int words;
  private final int width;
  private final byte[] columns = new byte[OCTETS];
  private final char[] next;

  /** Per state where its bits start in {@link #bits}, 0 for a state that ends no text. */
  private final int[] found;

  private final long[] bits;

  /** Bit {@code i} of a scan tells whether one of {@code sets.get(i)} was there. */
  public TextFinder(List<Set<String>> sets) {
    words = (sets.size() + Long.SIZE - 1) / Long.SIZE;
    width = columns(sets);
    List<int[]> states = new ArrayList<>();
    List<long[]> ends = new ArrayList<>();
    add(states, ends);
    for (int i = 0; i < sets.size(); i++) {
      for (String text : sets.get(i)) {
        ends.get(insert(text, states, ends))[i / Long.SIZE] |= 1L << i;
      }
    }
    link(states, ends);
    next = new char[states.size() * width];
    found = new int[states.size()];
    bits = new long[(states.size() + 1) * words];
    fill(states, ends);
  }

  /** How many words a scan's bits take. */
  public int words() {
    return words;
  }

  /** Sets the bits of what is in the text, whose chars are octets; false when nothing is. */
  public boolean scan(String text, long[] seen) {
    boolean any = false;
    int state = 0;
    int length = text.length();
    for (int i = 0; i < length; i++) {
      state = next[state * width + columns[text.charAt(i) & 0xff]];
      int at = found[state];
      if (at != 0) {
        any = true;
        for (int word = 0; word < words; word++) {
          seen[word] |= bits[at + word];
        }
      }
    }
    return any;
  }

  private int columns(List<Set<String>> sets) {
    int count = 1;
    for (Set<String> set : sets) {
      for (String text : set) {
        for (int i = 0; i < text.length(); i++) {
          char c = text.charAt(i);
          if (columns[c] == 0) {
            columns[c] = (byte) count++;
          }
        }
      }
    }
    if (count > Byte.MAX_VALUE) {
      throw new IllegalArgumentException("the texts use more than 126 octets");
    }
    for (char c = 'A'; c <= 'Z'; c++) {
      columns[c] = columns[c + 'a' - 'A'];
    }
    return count;
  }

  private void add(List<int[]> states, List<long[]> ends) {
    int[] none = new int[width];
    Arrays.fill(none, -1);
    states.add(none);
    ends.add(new long[words]);
    if (states.size() > Character.MAX_VALUE) {
      throw new IllegalArgumentException("the texts need more than 65,535 states");
    }
  }

  private int insert(String text, List<int[]> states, List<long[]> ends) {
    int state = 0;
    for (int i = 0; i < text.length(); i++) {
      int column = columns[text.charAt(i)];
      int child = states.get(state)[column];
      if (child < 0) {
        child = states.size();
        add(states, ends);
        states.get(state)[column] = child;
      }
      state = child;
    }
    return state;
  }

  /** Where a text stops, the longest other one that ends there goes on. */
  private void link(List<int[]> states, List<long[]> ends) {
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

  private void fill(List<int[]> states, List<long[]> ends) {
    for (int state = 0; state < states.size(); state++) {
      for (int column = 0; column < width; column++) {
        next[state * width + column] = (char) states.get(state)[column];
      }
      for (int word = 0; word < words; word++) {
        long part = ends.get(state)[word];
        bits[(state + 1) * words + word] = part;
        if (part != 0) {
          found[state] = (state + 1) * words;
        }
      }
    }
  }
}
