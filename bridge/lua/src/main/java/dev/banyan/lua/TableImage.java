package dev.banyan.lua;

import java.util.List;

/**
 * Immutable: what was made of a table, and of the tables in it. It is good until one of them is
 * given another value, however often it is asked for: a table that is written to forgets its image.
 * Owned by the table's machine.
 */
@SuppressWarnings("ReferenceEquality")
public final class TableImage {
  private final Table[] below;
  private final TableImage[] images;
  private final Object made;

  TableImage(Table[] below, TableImage[] images, Object made) {
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
    table.remember(new TableImage(below.toArray(Table[]::new), images, made));
  }

  /** What was made of the table. */
  public Object made() {
    return made;
  }

  /** Whether the tables below are as they were; the table itself says that by keeping this. */
  boolean isGood() {
    for (int i = 0; i < below.length; i++) {
      if (below[i].image() != images[i]) {
        return false;
      }
    }
    return true;
  }
}
