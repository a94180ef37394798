package dev.banyan.lua;

/** How a chunk's name shows in messages. */
final class ChunkNames {
  private static final int LIMIT = 60;

  private ChunkNames() {}

  /** {@code =name} and {@code @file} without their sign and cut to size, else the quoted source. */
  static String display(String name) {
    if (name.startsWith("=")) {
      return name.length() > LIMIT ? name.substring(1, LIMIT) : name.substring(1);
    }
    if (name.startsWith("@")) {
      int length = name.length() - 1;
      return length >= LIMIT
          ? "..." + name.substring(name.length() - LIMIT + 4)
          : name.substring(1);
    }
    int room = LIMIT - "[string \"\"]".length() - 1;
    int end = 0;
    while (end < name.length() && name.charAt(end) >= ' ' && end < room) {
      end++;
    }
    if (end == name.length()) {
      return "[string \"" + name + "\"]";
    }
    return "[string \"" + name.substring(0, Math.min(end, room - "...".length())) + "...\"]";
  }
}
