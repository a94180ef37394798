package dev.banyan.lua;

import java.util.List;
import org.luaj.vm2.LuaValue;

/**
 * Immutable: what a table held, and the tables in it, when something was made of them. What was
 * made is good for as long as the same values stand at the same places, however often it is asked
 * for: a look at each place is much cheaper than making it again. Owned by the table's machine.
 */
@SuppressWarnings("ReferenceEquality")
public final class TableImage {
  private final LuaValue[] items;
  private final LuaValue[] entries;
  private final Table[] below;
  private final TableImage[] images;
  private final Object made;

  private TableImage(
      LuaValue[] items, LuaValue[] entries, Table[] below, TableImage[] images, Object made) {
    this.items = items;
    this.entries = entries;
    this.below = below;
    this.images = images;
    this.made = made;
  }

  /**
   * Remembers with the table what was made of it, unless that can't be told again: the table is
   * weak, or one below it has no image.
   *
   * @param below the tables in this one that it was made of too
   */
  public static void take(Table table, List<Table> below, Object made) {
    TableImage[] images = new TableImage[below.size()];
    for (int i = 0; i < images.length; i++) {
      TableImage image = below.get(i).image();
      if (image == null) {
        return;
      }
      images[i] = image;
    }
    table.remember(below.toArray(Table[]::new), images, made);
  }

  static TableImage of(
      LuaValue[] items, LuaValue[] entries, Table[] below, TableImage[] images, Object made) {
    return new TableImage(items.clone(), entries, below, images, made);
  }

  /** What was made of the table. */
  public Object made() {
    return made;
  }

  /** Whether these are the places, and the tables below are as they were. */
  boolean shows(LuaValue[] nowItems, LuaValue[] nowEntries, int nowUsed) {
    if (2 * nowUsed != entries.length || nowItems.length != items.length) {
      return false;
    }
    for (int i = 0; i < items.length; i++) {
      if (items[i] != nowItems[i]) {
        return false;
      }
    }
    for (int i = 0; i < entries.length; i++) {
      if (entries[i] != nowEntries[i]) {
        return false;
      }
    }
    for (int i = 0; i < below.length; i++) {
      if (below[i].image() != images[i]) {
        return false;
      }
    }
    return true;
  }
}
