package dev.banyan.lua.ngx;

import dev.banyan.lua.Chunk;
import dev.banyan.lua.LuaText;
import dev.banyan.lua.LuaVm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.luaj.vm2.LuaError;

/**
 * The compiled code of a configuration's directives, shared by all workers. Thread-safe.
 *
 * <p>Bounded by the number of directives, except for files whose names hold variables.
 */
public final class ChunkCache {
  private static final int FILES_BOUND = 10_000;
  private final Map<LuaSource, Chunk> chunks = new ConcurrentHashMap<>();

  /** Creates an empty cache. */
  public ChunkCache() {}

  private static final int MISSING = 404;
  private static final int UNREADABLE = 503;
  private static final int BROKEN = 500;

  /** Code that can't be run; the message is lua-nginx-module's log line. */
  public static final class LoadFailure extends Exception {
    private static final long serialVersionUID = 1L;
    private final int status;

    LoadFailure(String message, int status) {
      super(message, null, false, false);
      this.status = status;
    }

    /** What nginx answers with where a handler makes the answer. */
    public int status() {
      return status;
    }
  }

  /**
   * The code of a directive, compiled at its first use.
   *
   * @throws LoadFailure when it can't be read or doesn't compile
   */
  public Chunk chunk(LuaSource source) throws LoadFailure {
    Chunk known = chunks.get(source);
    if (known != null) {
      return known;
    }
    if (chunks.size() >= FILES_BOUND) {
      chunks.clear();
    }
    Chunk chunk = load(source);
    chunks.put(source, chunk);
    return chunk;
  }

  /** What was compiled so far. */
  public List<Chunk> known() {
    return List.copyOf(chunks.values());
  }

  /** Compiles without keeping the result, for {@code lua_code_cache off} and for checks. */
  public static Chunk load(LuaSource source) throws LoadFailure {
    return switch (source) {
      case LuaSource.Inline inline -> inline(inline);
      case LuaSource.File file -> file(file.path());
    };
  }

  private static Chunk inline(LuaSource.Inline inline) throws LoadFailure {
    try {
      return LuaVm.compile(inline.bytes(), inline.chunkName());
    } catch (LuaError e) {
      throw new LoadFailure("failed to load inlined Lua code: " + text(e), BROKEN);
    }
  }

  private static Chunk file(String path) throws LoadFailure {
    String prefix = "failed to load external Lua file \"" + path + "\": ";
    try {
      return LuaVm.compile(withoutShebang(Files.readAllBytes(Path.of(path))), "@" + path);
    } catch (NoSuchFileException e) {
      throw new LoadFailure(
          prefix + "cannot open " + path + ": No such file or directory", MISSING);
    } catch (IOException e) {
      throw new LoadFailure(prefix + "cannot read " + path + ": " + e.getMessage(), UNREADABLE);
    } catch (LuaError e) {
      throw new LoadFailure(prefix + text(e), BROKEN);
    }
  }

  private static byte[] withoutShebang(byte[] code) {
    if (code.length == 0 || code[0] != '#') {
      return code;
    }
    int end = 0;
    while (end < code.length && code[end] != '\n') {
      end++;
    }
    return Arrays.copyOfRange(code, end, code.length);
  }

  private static String text(LuaError error) {
    return LuaText.latin1(error.getMessageObject());
  }
}
