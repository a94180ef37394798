package dev.banyan.lua.ngx.re;

import dev.banyan.lua.LuaText;
import dev.banyan.lua.Table;
import dev.banyan.regex.GroupName;
import dev.banyan.regex.Matcher;
import dev.banyan.regex.Regex;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/**
 * Owned by one worker: a compiled pattern with its group names as Lua strings and a spare matcher.
 */
final class CompiledRe {
  private final Regex regex;
  private final boolean duplicateNames;
  private final LuaString[] names;
  private final int[] nameGroups;
  private @Nullable Matcher spare;

  CompiledRe(Regex regex, boolean duplicateNames) {
    this.regex = regex;
    this.duplicateNames = duplicateNames;
    List<GroupName> list = regex.names();
    names = new LuaString[list.size()];
    nameGroups = new int[list.size()];
    for (int i = 0; i < names.length; i++) {
      names[i] = LuaText.of(list.get(i).name());
      nameGroups[i] = list.get(i).group();
    }
  }

  int groupCount() {
    return regex.groupCount();
  }

  /** A matcher on the subject; {@link #release} takes it back for the next call. */
  Matcher matcher(LuaString subject) {
    Matcher matcher = spare;
    spare = null;
    if (matcher == null) {
      matcher = regex.matcher();
    }
    return matcher.reset(subject.m_bytes, subject.m_offset, subject.m_length);
  }

  void release(Matcher matcher) {
    matcher.clear();
    spare = matcher;
  }

  /** Puts the groups of the last match into a table: the unset ones are false. */
  void collect(Matcher matcher, LuaString subject, LuaTable into) {
    for (int group = 0; group <= groupCount(); group++) {
      into.set(group, group(matcher, subject, group));
    }
    for (int i = 0; i < names.length; i++) {
      collectNamed(
          names[i], nameGroups[i] > groupCount() ? LuaValue.NIL : into.get(nameGroups[i]), into);
    }
  }

  private void collectNamed(LuaString name, LuaValue value, LuaTable into) {
    if (!duplicateNames) {
      into.set(name, value);
    } else if (value.toboolean()) {
      if (into.get(name) instanceof LuaTable list) {
        list.set(list.rawlen() + 1, value);
      } else {
        Table list = new Table(1, 0);
        list.rawset(1, value);
        into.set(name, list);
      }
    }
  }

  Table newResult() {
    return new Table(groupCount(), names.length + 1);
  }

  /** A copy of a group's bytes, so that a small capture keeps no large subject alive. */
  static LuaValue group(Matcher matcher, LuaString subject, int group) {
    int start = matcher.start(group);
    return start < 0 ? LuaValue.FALSE : slice(subject, start, matcher.end(group));
  }

  static LuaString slice(LuaString subject, int start, int end) {
    // \K in a lookahead can end a match before it starts.
    if (end <= start) {
      return LuaValue.EMPTYSTRING;
    }
    int offset = subject.m_offset;
    return LuaString.valueUsing(Arrays.copyOfRange(subject.m_bytes, offset + start, offset + end));
  }
}
