package dev.banyan.lua;

import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaString;

/**
 * Owned by one machine: the Lua strings of texts that Java hands over again and again, such as a
 * host, a method or the name of a header field. What comes often has one of many places; anything
 * else one of a few, where what a request hands over several times is found again.
 */
final class RecentTexts {
  private static final int LASTING = 512;
  private static final int PASSING = 64;
  private static final int LONGEST = 64;

  private final Frequency frequency = new Frequency(LASTING);
  private final @Nullable String[] texts = new String[LASTING];
  private final LuaString[] strings = new LuaString[LASTING];
  private final @Nullable String[] passingTexts = new String[PASSING];
  private final LuaString[] passingStrings = new LuaString[PASSING];

  /** The Lua string of an octet string's bytes. */
  LuaString of(String octets) {
    if (octets.length() > LONGEST) {
      return LuaText.of(octets);
    }
    int spread = Frequency.spread(octets.hashCode());
    int place = spread & (LASTING - 1);
    if (octets.equals(texts[place])) {
      frequency.found(place);
      return strings[place];
    }
    int passing = spread & (PASSING - 1);
    if (octets.equals(passingTexts[passing])) {
      return passingStrings[passing];
    }
    LuaString made = LuaText.of(octets);
    if (frequency.missed(octets.hashCode(), place)) {
      texts[place] = octets;
      strings[place] = made;
    } else {
      passingTexts[passing] = octets;
      passingStrings[passing] = made;
    }
    return made;
  }
}
