package dev.banyan.lua;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaString;

/**
 * What {@code string.dump} makes of a function and {@code loadstring} reads again: the text of its
 * chunk, and which function of it is meant. It begins as LuaJIT's does, but nobody can forge code
 * by it: whoever writes one himself says no more than a Lua text does.
 */
public final class DumpedFunction {
  /** LuaJIT's own beginning, then what tells that its bytecode doesn't follow. */
  private static final byte[] HEAD = "\33LJ\2banyan".getBytes(ISO_8859_1);

  /** Functions that stand within one another at most, as the compiler allows them. */
  private static final int DEEPEST = 200;

  private DumpedFunction() {}

  /**
   * Dumps a function.
   *
   * @param stripped whether lines and names are forgotten
   * @return null for one that isn't written in Lua
   */
  public static @Nullable LuaString dump(LuaFunction function, boolean stripped) {
    if (!(function instanceof BridgeClosure closure)) {
      return null;
    }
    Deque<Integer> way = new ArrayDeque<>();
    Code root = closure.code;
    for (Code parent = root.parent; parent != null; parent = root.parent) {
      way.addFirst(Arrays.asList(parent.children).indexOf(root));
      root = parent;
    }
    ByteArrayOutputStream octets = new ByteArrayOutputStream(HEAD.length + root.chunk.length + 64);
    try (DataOutputStream out = new DataOutputStream(octets)) {
      out.write(HEAD);
      out.writeBoolean(stripped || root.stripped);
      out.writeBoolean(stripped); // a chunk that is loaded without lines has a name all the same
      out.writeInt(way.size());
      for (int child : way) {
        out.writeInt(child);
      }
      write(out, root.source.getBytes(ISO_8859_1));
      write(out, root.chunk);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return LuaString.valueUsing(octets.toByteArray());
  }

  private static void write(DataOutputStream out, byte[] octets) throws IOException {
    out.writeInt(octets.length);
    out.write(octets);
  }

  /**
   * Compiles what was dumped.
   *
   * @param name the chunk's name, where it is stripped of its own
   * @throws LuaError with LuaJIT's message when it is something else
   */
  static Chunk read(byte[] dumped, String name) {
    String shown = binaryName(name);
    if (dumped.length < HEAD.length
        || !Arrays.equals(HEAD, 0, HEAD.length, dumped, 0, HEAD.length)) {
      throw LuaErrors.bare(shown + ": cannot load incompatible bytecode");
    }
    int length = dumped.length - HEAD.length;
    try (DataInputStream in =
        new DataInputStream(new ByteArrayInputStream(dumped, HEAD.length, length))) {
      boolean stripped = in.readBoolean();
      boolean nameless = in.readBoolean();
      int depth = in.readInt();
      if (depth < 0 || depth > DEEPEST) {
        throw new IOException("no depth");
      }
      int[] way = new int[depth];
      for (int i = 0; i < depth; i++) {
        way[i] = in.readInt();
      }
      String own = new String(read(in), ISO_8859_1);
      byte[] text = read(in);
      return new Chunk(inner(Compiler.compile(text, nameless ? name : own, stripped), way));
    } catch (IOException | ArrayIndexOutOfBoundsException e) {
      throw LuaErrors.bare(shown + ": cannot load malformed bytecode");
    }
  }

  private static byte[] read(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > in.available()) {
      throw new IOException("cut off");
    }
    return in.readNBytes(length);
  }

  private static Code inner(Chunk chunk, int[] way) {
    Code code = chunk.main;
    for (int child : way) {
      code = code.children[child];
    }
    return code;
  }

  private static String binaryName(String name) {
    if (name.startsWith("\33")) {
      return "(binary)";
    }
    return name.startsWith("@") || name.startsWith("=") ? name.substring(1) : name;
  }
}
