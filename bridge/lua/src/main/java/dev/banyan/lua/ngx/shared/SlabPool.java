package dev.banyan.lua.ngx.shared;

import java.util.Arrays;

/**
 * nginx's slab allocator over a zone's memory: which sizes fit into the zone, when it is full and
 * how many pages are free. Not thread-safe; guarded by the dict that owns it.
 *
 * <p>Blocks up to half a page come from pages cut into equal slots, larger ones are runs of pages.
 * As in nginx a fragmented zone can refuse a large block although enough pages are free.
 */
final class SlabPool {
  static final int PAGE = 4096;

  /** What {@link #allocate} answers when there is no room. */
  static final int NO_ROOM = -1;

  private static final int PAGE_SHIFT = 12;
  private static final int SMALLEST_SHIFT = 3;
  private static final int LARGEST_SLOT_SHIFT = PAGE_SHIFT - 1;
  private static final int HEADER = 704;
  private static final int PAGE_RECORD = 24;

  private static final int BUSY = 0;
  private static final int NONE = -1;

  private final int pages;
  private final ZoneBytes bytes;

  /** Length of the free run that starts or ends at a page; {@link #BUSY} for pages in use. */
  private final int[] run;

  /** Links of the list of free runs and of the lists of slotted pages with room. */
  private final int[] next;

  private final int[] previous;

  /**
   * Shift of the slots of a page; 0 for pages of large blocks, whose first page knows the length.
   */
  private final byte[] shift;

  private final int[] used;
  private final int[] length;

  /** Slots from this one on were never given away since the page was cut. */
  private final int[] fresh;

  /** The slot of a page that was given back last, which holds the number of the one before it. */
  private final int[] returned;

  private final int[] slotHeads = new int[LARGEST_SLOT_SHIFT + 1];
  private int freeHead = NONE;
  private int freePages;

  SlabPool(long size) {
    pages = pagesIn(size);
    run = new int[pages];
    next = new int[pages];
    previous = new int[pages];
    shift = new byte[pages];
    used = new int[pages];
    length = new int[pages];
    fresh = new int[pages];
    returned = new int[pages];
    bytes = new ZoneBytes(pages);
    Arrays.fill(slotHeads, NONE);
    if (pages > 0) {
      markFree(0, pages);
      freePages = pages;
    }
  }

  private static int pagesIn(long size) {
    long count = Math.max(0, (size - HEADER) / (PAGE + PAGE_RECORD));
    long start = (HEADER + count * PAGE_RECORD + PAGE - 1) / PAGE * PAGE;
    return (int) Math.max(0, Math.min(count, (size - start) / PAGE));
  }

  int freePages() {
    return freePages;
  }

  /** What the blocks hold. */
  ZoneBytes bytes() {
    return bytes;
  }

  /** Takes a block; answers its first cell, or {@link #NO_ROOM}. */
  int allocate(int size) {
    if (size > 1 << LARGEST_SLOT_SHIFT) {
      int count = (size + PAGE - 1) >> PAGE_SHIFT;
      int page = takePages(count);
      if (page >= 0) {
        shift[page] = 0;
        length[page] = count;
      }
      return page < 0 ? NO_ROOM : ZoneBytes.firstCell(page);
    }
    int slotShift =
        Math.max(SMALLEST_SHIFT, 32 - Integer.numberOfLeadingZeros(Math.max(1, size - 1)));
    int page = slotHeads[slotShift];
    if (page == NONE) {
      page = takePages(1);
      if (page < 0) {
        return NO_ROOM;
      }
      shift[page] = (byte) slotShift;
      used[page] = 0;
      fresh[page] = 0;
      returned[page] = NONE;
      pushSlotted(slotShift, page);
    }
    used[page]++;
    if (used[page] == slotsPerPage(slotShift)) {
      unlinkSlotted(slotShift, page);
    }
    return takeSlot(page, slotShift);
  }

  private int takeSlot(int page, int slotShift) {
    int slot = returned[page];
    if (slot == NONE) {
      return cell(page, slotShift, fresh[page]++);
    }
    int cell = cell(page, slotShift, slot);
    returned[page] = bytes.getInt(cell, 0);
    return cell;
  }

  private static int cell(int page, int slotShift, int slot) {
    return ZoneBytes.firstCell(page) + (slot << (slotShift - SMALLEST_SHIFT));
  }

  /** Gives back the block at the cell that {@link #allocate} answered. */
  void free(int cell) {
    int page = ZoneBytes.page(cell);
    int slotShift = shift[page];
    if (slotShift == 0) {
      givePages(page, length[page]);
      return;
    }
    if (used[page] == slotsPerPage(slotShift)) {
      pushSlotted(slotShift, page);
    }
    bytes.putInt(cell, 0, returned[page]);
    returned[page] = ZoneBytes.within(cell) >> slotShift;
    used[page]--;
    if (used[page] == 0) {
      unlinkSlotted(slotShift, page);
      givePages(page, 1);
    }
  }

  /** Slots smaller than 64 bytes give some of their own to the page's bitmap. */
  private static int slotsPerPage(int slotShift) {
    int slots = PAGE >> slotShift;
    int bitmap = (slots + 7) / 8;
    return slots <= 64 ? slots : slots - Math.max(1, bitmap >> slotShift);
  }

  private void pushSlotted(int slotShift, int page) {
    int head = slotHeads[slotShift];
    next[page] = head;
    previous[page] = NONE;
    if (head != NONE) {
      previous[head] = page;
    }
    slotHeads[slotShift] = page;
  }

  private void unlinkSlotted(int slotShift, int page) {
    if (previous[page] == NONE) {
      slotHeads[slotShift] = next[page];
    } else {
      next[previous[page]] = next[page];
    }
    if (next[page] != NONE) {
      previous[next[page]] = previous[page];
    }
  }

  private int takePages(int count) {
    for (int page = freeHead; page != NONE; page = next[page]) {
      int available = run[page];
      if (available >= count) {
        run[page + available - 1] = BUSY;
        if (available > count) {
          shrinkFree(page, count);
        } else {
          unlinkFree(page);
        }
        run[page] = BUSY;
        freePages -= count;
        bytes.make(page, count);
        return page;
      }
    }
    return NO_ROOM;
  }

  private void givePages(int page, int count) {
    freePages += count;
    int start = page;
    int total = count;
    int after = page + count;
    if (after < pages && run[after] != BUSY) {
      total += run[after];
      clearRun(after);
    }
    if (page > 0 && run[page - 1] != BUSY) {
      start = page - run[page - 1];
      total += run[page - 1];
      clearRun(start);
    }
    markFree(start, total);
  }

  private void clearRun(int start) {
    unlinkFree(start);
    run[start + run[start] - 1] = BUSY;
    run[start] = BUSY;
  }

  private void markFree(int start, int count) {
    run[start] = count;
    run[start + count - 1] = count;
    next[start] = freeHead;
    previous[start] = NONE;
    if (freeHead != NONE) {
      previous[freeHead] = start;
    }
    freeHead = start;
  }

  /** The rest of a run keeps its place in the list. */
  private void shrinkFree(int start, int count) {
    int rest = start + count;
    int left = run[start] - count;
    run[rest] = left;
    run[rest + left - 1] = left;
    next[rest] = next[start];
    previous[rest] = previous[start];
    if (previous[rest] == NONE) {
      freeHead = rest;
    } else {
      next[previous[rest]] = rest;
    }
    if (next[rest] != NONE) {
      previous[next[rest]] = rest;
    }
  }

  private void unlinkFree(int start) {
    if (previous[start] == NONE) {
      freeHead = next[start];
    } else {
      next[previous[start]] = next[start];
    }
    if (next[start] != NONE) {
      previous[next[start]] = previous[start];
    }
  }
}
