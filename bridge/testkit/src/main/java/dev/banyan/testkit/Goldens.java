package dev.banyan.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Named vectors in a file beside the tests: what Lua made of each. */
public final class Goldens {
  private Goldens() {}

  /**
   * Holds the port to what Lua made of these calls when the file was written; {@code
   * -Dgolden.update} has Lua write it again.
   *
   * @throws AssertionError when Lua or the port differ from the file
   */
  public static void check(LuaTwins twins, Path file, Map<String, TwinCall> calls) {
    StringBuilder lua = new StringBuilder();
    StringBuilder java = new StringBuilder();
    calls.forEach((name, call) -> {
      lua.append("== ").append(name).append('\n').append(twins.lua(call)).append('\n');
      java.append("== ").append(name).append('\n').append(twins.java(call)).append('\n');
    });
    try {
      if (System.getProperty("golden.update") != null) {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, lua, StandardCharsets.ISO_8859_1);
      }
      String golden = Files.readString(file, StandardCharsets.ISO_8859_1);
      same(file + ", Lua", golden, lua.toString());
      same(file + ", Java", golden, java.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void same(String what, String golden, String seen) {
    if (!golden.equals(seen)) {
      throw new AssertionError(what + "\nexpected:\n" + golden + "\nseen:\n" + seen);
    }
  }
}
