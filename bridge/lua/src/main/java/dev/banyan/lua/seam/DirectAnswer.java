package dev.banyan.lua.seam;

import dev.banyan.lua.LuaNumbers;
import dev.banyan.lua.ngx.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one call of a pipeline came to. */
sealed interface DirectAnswer {
  /** The function returned. */
  record Returned(List<@Nullable Object> values) implements DirectAnswer {}

  /** The handler ends. */
  record Ended(Outcome outcome) implements DirectAnswer {}

  /** The function raised an error. */
  record Raised(String message) implements DirectAnswer {}

  /** Lua answers. */
  record Lua() implements DirectAnswer {}

  /** Results as {@code set_by_lua} takes them. */
  static Outcome texts(List<@Nullable Object> values) {
    List<@Nullable String> texts = new ArrayList<>(values.size());
    for (Object value : values) {
      texts.add(
          switch (value) {
            case String text -> text;
            case Number number -> LuaNumbers.format(number.doubleValue());
            case null, default -> null;
          });
    }
    return new Outcome.Done(texts);
  }
}
