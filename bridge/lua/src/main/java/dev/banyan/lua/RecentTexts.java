package dev.banyan.lua;

import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaString;

/**
 * Owned by one machine: the Lua strings of texts that Java hands over again and again, such as a
 * host, a method or the name of a header field. Of two texts with one place the later stays.
 */
final class RecentTexts {
  private static final int PLACES = 512;
  private static final int LONGEST = 64;

  private final @Nullable String[] texts = new String[PLACES];
  private final LuaString[] strings = new LuaString[PLACES];

  /** The Lua string of an octet string's bytes. */
  LuaString of(String octets) {
    if (octets.length() > LONGEST) {
      return LuaText.of(octets);
    }
    int hash = octets.hashCode();
    int place = (hash ^ (hash >>> 16)) & (PLACES - 1);
    if (octets.equals(texts[place])) {
      return strings[place];
    }
    LuaString made = LuaText.of(octets);
    texts[place] = octets;
    strings[place] = made;
    return made;
  }
}
