package dev.banyan.lua;

import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaString;

/**
 * For any thread: Lua's strings and Java's that spell the same name, so that a name crosses the
 * border without a copy.
 *
 * <p>What source text spells out stays: constants of Lua's and the names that a port asks for. Of
 * others, short ones that came lately are remembered, since a request's values cross for each of
 * its modules, as {@link RecentTexts} does. It is a cache and no promise: of two names with one
 * place the later stays.
 */
@SuppressWarnings("ReferenceEquality")
public final class KnownTexts {
  private static final int PLACES = 1 << 12;
  private static final int LASTING_PLACES = 1 << 8;
  private static final int PASSING_PLACES = 1 << 7;

  /** Octets of the longest text that is remembered for having come lately. */
  private static final int MAX_RECENT = 64;

  // a pair's fields are final: a race costs a duplicate and nothing else
  private static final @Nullable Pair[] BY_LUA = new Pair[PLACES];
  private static final @Nullable Pair[] BY_JAVA = new Pair[PLACES];
  private static final @Nullable Pair[] LASTING = new Pair[LASTING_PLACES];
  private static final Frequency FREQUENCY = new Frequency(LASTING_PLACES);
  private static final @Nullable Pair[] PASSING = new Pair[PASSING_PLACES];

  private record Pair(LuaString lua, String java) {}

  private KnownTexts() {}

  /** The octet string of a Lua string's bytes. */
  public static String latin1(LuaString text) {
    int place = place(text.hashCode());
    Pair pair = BY_LUA[place];
    if (pair != null && pair.lua == text) {
      return pair.java;
    }
    if (text.m_bytes.length > MAX_RECENT && !InternedStrings.isKnown(text)) {
      return LuaText.latin1(text);
    }
    int lasting = place & (LASTING_PLACES - 1);
    pair = LASTING[lasting];
    if (pair != null && spells(pair, text)) {
      FREQUENCY.found(lasting);
      return pair.java;
    }
    pair = PASSING[place & (PASSING_PLACES - 1)];
    return pair != null && spells(pair, text) ? pair.java : remembered(text, place);
  }

  private static boolean spells(Pair pair, LuaString text) {
    return pair.lua == text || InternedStrings.equal(pair.lua, text);
  }

  private static String remembered(LuaString text, int place) {
    Pair pair = new Pair(text, LuaText.latin1(text));
    if (InternedStrings.isKnown(text)) {
      keep(pair);
    } else if (FREQUENCY.missed(text.hashCode(), place & (LASTING_PLACES - 1))) {
      LASTING[place & (LASTING_PLACES - 1)] = pair;
    } else {
      PASSING[place & (PASSING_PLACES - 1)] = pair;
    }
    return pair.java;
  }

  /** The Lua string of an octet string's bytes. */
  public static LuaString of(String octets) {
    Pair pair = BY_JAVA[place(octets.hashCode())];
    return pair != null && pair.java.equals(octets) ? pair.lua : LuaText.of(octets);
  }

  /** The Lua string of a name that a program spells out. */
  public static LuaString name(String octets) {
    Pair pair = BY_JAVA[place(octets.hashCode())];
    if (pair != null && pair.java.equals(octets)) {
      return pair.lua; // the same name may be spelled by two ports, each with a string of its own
    }
    LuaString text = InternedStrings.of(octets);
    keep(new Pair(text, octets));
    return text;
  }

  private static void keep(Pair pair) {
    BY_LUA[place(pair.lua.hashCode())] = pair;
    BY_JAVA[place(pair.java.hashCode())] = pair;
  }

  private static int place(int hash) {
    return Frequency.spread(hash) & (PLACES - 1);
  }
}
