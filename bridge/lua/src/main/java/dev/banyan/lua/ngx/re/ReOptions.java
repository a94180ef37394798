package dev.banyan.lua.ngx.re;

import dev.banyan.lua.LuaErrors;
import dev.banyan.lua.LuaText;
import dev.banyan.regex.RegexOption;
import java.util.EnumSet;
import java.util.Set;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/** The letters of {@code ngx.re}'s options argument. */
record ReOptions(LuaString letters, Set<RegexOption> regex, boolean once) {
  static final ReOptions NONE = new ReOptions(LuaValue.EMPTYSTRING, Set.of(), false);

  static ReOptions parse(LuaString letters) {
    Set<RegexOption> regex = EnumSet.noneOf(RegexOption.class);
    boolean once = false;
    String text = LuaText.latin1(letters);
    for (int i = 0; i < text.length(); i++) {
      switch (text.charAt(i)) {
        case 'o' -> once = true;
        case 'j' -> regex.add(RegexOption.JIT);
        case 'i' -> regex.add(RegexOption.CASELESS);
        case 's' -> regex.add(RegexOption.DOTALL);
        case 'm' -> regex.add(RegexOption.MULTILINE);
        case 'u' -> regex.add(RegexOption.UTF);
        case 'U' -> regex.addAll(EnumSet.of(RegexOption.UTF, RegexOption.NO_UTF_CHECK));
        case 'x' -> regex.add(RegexOption.EXTENDED);
        case 'd' -> regex.add(RegexOption.DFA);
        case 'a' -> regex.add(RegexOption.ANCHORED);
        case 'D' -> regex.add(RegexOption.DUPLICATE_NAMES);
        case 'J' -> regex.add(RegexOption.JAVASCRIPT);
        default ->
            throw LuaErrors.raise(
                "unknown flag \"" + text.charAt(i) + "\" (flags \"" + text + "\")");
      }
    }
    return new ReOptions(letters, regex, once);
  }

  boolean duplicateNames() {
    return regex.contains(RegexOption.DUPLICATE_NAMES);
  }
}
