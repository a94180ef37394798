package dev.banyan.lua.ngx.shared;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The memory of a zone, in pages that are made when something is first put there. Not thread-safe;
 * guarded by the dict that owns it.
 *
 * <p>A place is a cell, that is a number of octets divided by {@value #CELL}, so that an {@code
 * int} reaches through zones of 16 GiB. A collector finds nothing to follow in here: what is kept
 * costs it nothing, however often it changes.
 */
final class ZoneBytes {
  /** Octets of a cell, the smallest block. */
  static final int CELL = 8;

  private static final int PAGE_SHIFT = 9;
  private static final int PAGE_MASK = (1 << PAGE_SHIFT) - 1;
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.nativeOrder());
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private final byte[][] pages;

  ZoneBytes(int pages) {
    this.pages = new byte[pages][];
  }

  /** The first cell of a page. */
  static int firstCell(int page) {
    return page << PAGE_SHIFT;
  }

  /** The page of a cell. */
  static int page(int cell) {
    return cell >>> PAGE_SHIFT;
  }

  /** Where in its page a cell begins, in octets. */
  static int within(int cell) {
    return (cell & PAGE_MASK) * CELL;
  }

  /** Makes pages that are about to be used; what is there already stays. */
  void make(int first, int count) {
    for (int i = first; i < first + count; i++) {
      if (pages[i] == null) {
        pages[i] = new byte[SlabPool.PAGE];
      }
    }
  }

  /** Not across the end of a page, as all that reads and writes numbers here. */
  int getInt(int cell, int offset) {
    return (int) INT.get(pages[page(cell)], within(cell) + offset);
  }

  void putInt(int cell, int offset, int value) {
    INT.set(pages[page(cell)], within(cell) + offset, value);
  }

  long getLong(int cell, int offset) {
    return (long) LONG.get(pages[page(cell)], within(cell) + offset);
  }

  void putLong(int cell, int offset, long value) {
    LONG.set(pages[page(cell)], within(cell) + offset, value);
  }

  /** Puts octets, also across pages. */
  void write(int cell, int offset, byte[] octets) {
    int done = 0;
    while (done < octets.length) {
      int at = within(cell) + offset + done;
      int length = Math.min(octets.length - done, SlabPool.PAGE - at % SlabPool.PAGE);
      System.arraycopy(octets, done, pageAt(cell, at), at % SlabPool.PAGE, length);
      done += length;
    }
  }

  /** Puts a text's octets, also across pages. */
  @SuppressWarnings("deprecation") // octets are what getBytes(int, int, …) is for
  void write(int cell, int offset, String octets) {
    int done = 0;
    while (done < octets.length()) {
      int at = within(cell) + offset + done;
      int length = Math.min(octets.length() - done, SlabPool.PAGE - at % SlabPool.PAGE);
      octets.getBytes(done, done + length, pageAt(cell, at), at % SlabPool.PAGE);
      done += length;
    }
  }

  /** A copy of octets, also from across pages. */
  byte[] read(int cell, int offset, int length) {
    byte[] octets = new byte[length];
    int done = 0;
    while (done < length) {
      int at = within(cell) + offset + done;
      int part = Math.min(length - done, SlabPool.PAGE - at % SlabPool.PAGE);
      System.arraycopy(pageAt(cell, at), at % SlabPool.PAGE, octets, done, part);
      done += part;
    }
    return octets;
  }

  /** Whether the text's octets are there. */
  boolean holds(int cell, int offset, String octets) {
    int done = 0;
    while (done < octets.length()) {
      int at = within(cell) + offset + done;
      int from = at % SlabPool.PAGE;
      int part = Math.min(octets.length() - done, SlabPool.PAGE - from);
      byte[] page = pageAt(cell, at);
      for (int i = 0; i < part; i++) {
        if ((page[from + i] & 0xff) != octets.charAt(done + i)) {
          return false;
        }
      }
      done += part;
    }
    return true;
  }

  private byte[] pageAt(int cell, int octetsFromItsPage) {
    return pages[page(cell) + octetsFromItsPage / SlabPool.PAGE];
  }
}
