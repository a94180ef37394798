package dev.banyan.lua;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Owned by the table's machine: what was made of a table, and of the tables in it. It is good until
 * one of them is given another value, however often it is asked for: a table that is written to
 * forgets its image. While no table of the machine does, all that were good are.
 */
@SuppressWarnings("ReferenceEquality")
public final class TableImage {
  private final Table[] below;
  private final TableImage[] images;
  private final Object made;

  /** Of the machine; null where a table is looked at outside of any. */
  private final @Nullable Forgotten all;

  /** How many images were forgotten when this one was last found to be good. */
  private long goodAt = -1;

  /** Owned by its machine: how many images its tables have forgotten. */
  static final class Forgotten {
    private long count;
  }

  private TableImage(Table[] below, TableImage[] images, Object made, @Nullable Forgotten all) {
    this.below = below;
    this.images = images;
    this.made = made;
    this.all = all;
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
    LuaVm vm = LuaVm.currentOrNull();
    table.remember(
        new TableImage(
            below.toArray(Table[]::new), images, made, vm == null ? null : vm.forgottenImages()));
  }

  /** What was made of the table. */
  public Object made() {
    return made;
  }

  /** Whether the tables below are as they were; the table itself says that by keeping this. */
  boolean isGood() {
    if (below.length == 0 || (all != null && goodAt == all.count)) {
      return true;
    }
    for (int i = 0; i < below.length; i++) {
      if (below[i].image() != images[i]) {
        return false;
      }
    }
    if (all != null) {
      goodAt = all.count;
    }
    return true;
  }

  /** The table has another value or another image now. */
  void forgotten() {
    if (all != null) {
      all.count++;
    }
  }
}
