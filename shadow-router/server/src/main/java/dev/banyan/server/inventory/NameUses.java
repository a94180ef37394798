package dev.banyan.server.inventory;

import dev.banyan.lua.LuaOutline;
import dev.banyan.server.check.LegacyLua;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Owned by one inventory: where each name occurs, whatever it stands for there. */
final class NameUses {
  private final Map<String, Set<Place>> places = new HashMap<>();

  /** A function of a chunk; a string's place is the chunk as a whole. */
  private record Place(Path file, int function) {}

  private static final int STRING = -2;

  private NameUses() {}

  static NameUses of(List<LegacyLua.Read> reads) {
    NameUses uses = new NameUses();
    for (LegacyLua.Read read : reads) {
      Path file = read.chunk().file();
      for (LuaOutline.Mention mention : read.outline().mentions()) {
        if (!isDefinition(read.outline(), mention)) {
          for (String part : mention.name().split("[.:]")) {
            uses.add(part, new Place(file, mention.function()));
          }
        }
      }
      read.outline().strings().forEach(text -> uses.add(text, new Place(file, STRING)));
    }
    return uses;
  }

  private void add(String name, Place place) {
    places.computeIfAbsent(name, _ -> new HashSet<>()).add(place);
  }

  /** {@code _M.access = function}: the name that is defined there isn't used there. */
  private static boolean isDefinition(LuaOutline outline, LuaOutline.Mention mention) {
    return mention.written()
        && outline.functions().stream()
            .anyMatch(f -> f.path().equals(mention.name()) && f.line() == mention.line());
  }

  /** Whether a function's name occurs anywhere but in itself. */
  boolean outsideOf(Path file, int function, String name) {
    return places.getOrDefault(name, Set.of()).stream()
        .anyMatch(place -> !place.equals(new Place(file, function)));
  }
}
