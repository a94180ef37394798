package dev.banyan.lua;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Owned by one check: what of a source LuaJ's compiler shall see otherwise. */
final class SourceEdits {
  private final List<Edit> edits = new ArrayList<>();

  /** A stretch of the source and what stands for it. */
  private record Edit(int from, int to, String text) {}

  /** Lets a text stand for a stretch of the source, none of which was replaced before. */
  void add(int from, int to, String text) {
    edits.add(new Edit(from, to, text));
  }

  /** As {@link #add}, for a token that was just read and whose text may have been replaced. */
  void addInstead(int from, int to, String text) {
    int recent = Math.max(edits.size() - 2, 0);
    edits.subList(recent, edits.size()).removeIf(edit -> edit.from() == from);
    add(from, to, text);
  }

  /** The source as LuaJ's compiler shall see it, with the same lines. */
  byte[] applied(byte[] source) {
    if (edits.isEmpty()) {
      return source;
    }
    edits.sort((a, b) -> Integer.compare(a.from(), b.from()));
    StringBuilder out = new StringBuilder(source.length + 64);
    int from = 0;
    String text = new String(source, StandardCharsets.ISO_8859_1);
    for (Edit edit : edits) {
      out.append(text, from, edit.from()).append(edit.text());
      from = edit.to();
    }
    out.append(text, from, text.length());
    return out.toString().getBytes(StandardCharsets.ISO_8859_1);
  }
}
