package dev.banyan.gateway;

import dev.banyan.gateway.cache.Draft;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.function.LongConsumer;

/** Owned by its request's loop: writes an answer into a file. A failure ends the copy alone. */
final class DraftCopy implements BodyCopy {
  /** How much is gathered before it is written. */
  private static final int GATHERED = 256 << 10;

  private final Request r;
  private final DiskWork disk;
  private final Draft draft;
  private final LongConsumer stored;
  private ByteArrayOutputStream gathered = new ByteArrayOutputStream();
  private boolean over;

  /**
   * Of one answer.
   *
   * @param stored told the file's octets when it is in its place
   */
  DraftCopy(Request r, DiskWork disk, Draft draft, LongConsumer stored) {
    this.r = r;
    this.disk = disk;
    this.draft = draft;
    this.stored = stored;
  }

  @Override
  public void write(byte[] piece) {
    if (over) {
      return;
    }
    gathered.writeBytes(piece);
    if (gathered.size() >= GATHERED) {
      ByteArrayOutputStream full = gathered;
      gathered = new ByteArrayOutputStream();
      attempt(() -> {
        draft.write(full);
        return 0L;
      });
    }
  }

  @Override
  public void complete() {
    if (over) {
      return;
    }
    long octets =
        attempt(() -> {
          draft.write(gathered);
          return draft.commit();
        });
    if (!over) {
      over = true;
      stored.accept(octets);
    }
  }

  private long attempt(DiskWork.Task<Long> task) {
    try {
      return disk.await(task);
    } catch (IOException e) {
      r.log(ErrorLog.CRIT, "an answer can't be written to its file: " + e);
      discard();
      return 0;
    }
  }

  @Override
  public void discard() {
    if (!over) {
      over = true;
      gathered = new ByteArrayOutputStream();
      disk.later(() -> {
        draft.discard();
        return 0;
      });
    }
  }
}
