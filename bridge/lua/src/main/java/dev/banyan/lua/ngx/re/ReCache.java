package dev.banyan.lua.ngx.re;

import dev.banyan.lua.LuaErrors;
import dev.banyan.lua.LuaText;
import dev.banyan.lua.ngx.CoreParameter;
import dev.banyan.regex.Regex;
import dev.banyan.regex.RegexOption;
import dev.banyan.regex.RegexSyntaxException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/**
 * Owned by one worker: compiled patterns. Those of option "o" are kept as configured; the others,
 * which lua-nginx-module compiles on every call, are kept in a small cache of their own, which no
 * program can tell.
 */
final class ReCache {
  private static final CoreParameter PATTERN =
      CoreParameter.octets("regex", "ngx_lua_ffi_compile_regex", 1);
  private static final CoreParameter OPTIONS = CoreParameter.octets("opts", "byte", 1);

  /** How many patterns without option "o" are kept. */
  private static final int OTHER_ENTRIES = 128;

  /** How many option strings are kept parsed. */
  private static final int OPTION_ENTRIES = 64;

  /** How many places there are for patterns asked for lately. */
  private static final int RECENT_ENTRIES = 64;

  /** Longer ones are not kept there, as the strings may be of a request. */
  private static final int RECENT_LONGEST = 1024;

  /** lua-nginx-module's buffer for error texts. */
  private static final int LONGEST_ERROR = 127;

  private final ReSettings settings;
  private final Map<LuaString, ReOptions> options = new BoundedCache<>(OPTION_ENTRIES);
  private final Map<Key, CompiledRe> once;
  private final Map<Key, CompiledRe> others = new BoundedCache<>(OTHER_ENTRIES);

  ReCache(ReSettings settings) {
    this.settings = settings;
    this.once = new BoundedCache<>(settings.cacheEntries());
  }

  /** Of what was asked for last with these very strings, which programs mostly spell out. */
  private final @Nullable Recent[] recent = new Recent[RECENT_ENTRIES];

  private record Recent(LuaString pattern, LuaValue letters, CompiledRe compiled) {}

  private record Key(LuaString pattern, LuaString letters) {}

  boolean isEmpty() {
    return once.isEmpty();
  }

  ReOptions options(LuaValue letters) {
    if (!letters.toboolean()) {
      return ReOptions.NONE;
    }
    if (letters instanceof LuaTable table) {
      if (table.length() == 0) {
        return ReOptions.NONE; // it has a length, and no letters
      }
      throw LuaErrors.raise("bad argument #1 to 'byte' (string expected, got table)");
    }
    LuaString string = OPTIONS.string(letters);
    ReOptions parsed = options.get(string);
    if (parsed == null) {
      parsed = ReOptions.parse(string);
      options.put(own(string), parsed);
    }
    return parsed;
  }

  /**
   * The compiled pattern of these arguments.
   *
   * @throws PatternError with lua-nginx-module's text
   */
  @SuppressWarnings("ReferenceEquality") // equal ones are found by the maps
  CompiledRe compiled(LuaValue pattern, LuaValue letters) {
    if (!(pattern instanceof LuaString text) || text.m_bytes.length > RECENT_LONGEST) {
      return compiled(pattern, options(letters));
    }
    int place = text.hashCode() & (RECENT_ENTRIES - 1);
    Recent known = recent[place];
    if (known != null && known.pattern == text && known.letters == letters) {
      return known.compiled;
    }
    CompiledRe compiled = compiled(pattern, options(letters));
    recent[place] = new Recent(text, letters, compiled);
    return compiled;
  }

  /**
   * The compiled pattern.
   *
   * @throws PatternError with lua-nginx-module's text
   */
  CompiledRe compiled(LuaValue pattern, ReOptions parsed) {
    LuaString string = PATTERN.string(pattern);
    Map<Key, CompiledRe> cache = parsed.once() ? once : others;
    CompiledRe known = cache.get(new Key(string, parsed.letters()));
    if (known != null) {
      return known;
    }
    CompiledRe compiled = compile(LuaText.latin1(string), parsed);
    cache.put(new Key(own(string), own(parsed.letters())), compiled);
    return compiled;
  }

  private CompiledRe compile(String pattern, ReOptions parsed) {
    // The C interface ends a pattern at its first NUL.
    int nul = pattern.indexOf('\0');
    String text = nul < 0 ? pattern : pattern.substring(0, nul);
    try {
      Regex regex = Regex.compile(text, machineCode(parsed), settings.matchLimit());
      return new CompiledRe(regex, parsed.duplicateNames());
    } catch (RegexSyntaxException e) {
      String message = "pcre_compile() failed: " + e.sentence();
      throw new PatternError(message.substring(0, Math.min(message.length(), LONGEST_ERROR)));
    }
  }

  /**
   * What is kept is worth compiling to machine code even where option "j" is missing. A match limit
   * is counted otherwise there, so that one keeps to the letter.
   */
  private Set<RegexOption> machineCode(ReOptions parsed) {
    if (!parsed.once()
        || settings.matchLimit() != Regex.DEFAULT_MATCH_LIMIT
        || parsed.regex().contains(RegexOption.JIT)) {
      return parsed.regex();
    }
    Set<RegexOption> options = EnumSet.of(RegexOption.JIT);
    options.addAll(parsed.regex());
    return options;
  }

  private static LuaString own(LuaString string) {
    if (string.m_length == string.m_bytes.length) {
      return string;
    }
    int start = string.m_offset;
    return LuaString.valueUsing(Arrays.copyOfRange(string.m_bytes, start, start + string.m_length));
  }

  /** A pattern that does not compile; no stack trace, as it is an answer. */
  static final class PatternError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PatternError(String message) {
      super(message, null, false, false);
    }

    LuaString text() {
      return LuaText.of(String.valueOf(getMessage()));
    }
  }
}
