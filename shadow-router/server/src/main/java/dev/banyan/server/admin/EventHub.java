package dev.banyan.server.admin;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * For any thread: the events for dashboards. What happened is kept in a bounded ring, so that a
 * client that comes back gets what it missed; of figures only the newest are worth sending.
 * Publishing never waits for a client.
 */
final class EventHub {
  /** Events that a client can be behind before it has to load everything again. */
  static final int KEPT = 512;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition news = lock.newCondition();
  private final Deque<Event> kept = new ArrayDeque<>();
  private final String epoch;
  private long lastId;
  private @Nullable Event figures;
  private long figuresTurn;

  /**
   * An empty hub.
   *
   * @param epoch tells this process's ids from those of an earlier one
   */
  EventHub(String epoch) {
    this.epoch = epoch;
  }

  /** Where a client is. */
  static final class Cursor {
    private long id;
    private long figuresTurn;
    private boolean lost;
  }

  void publish(String kind, String data) {
    lock.lock();
    try {
      lastId++;
      kept.addLast(new Event(lastId, kind, data));
      if (kept.size() > KEPT) {
        kept.removeFirst();
      }
      news.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void publishFigures(String data) {
    lock.lock();
    try {
      figures = new Event(0, "figures", data);
      figuresTurn++;
      news.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The id as a client sees and returns it. */
  String idText(Event event) {
    return epoch + "-" + event.id();
  }

  /** A cursor after the event that the client saw last, or after all when it comes new. */
  Cursor subscribe(@Nullable String lastEventId) {
    lock.lock();
    try {
      Cursor cursor = new Cursor();
      cursor.id = lastId;
      if (lastEventId != null && !lastEventId.isEmpty()) {
        long seen = parse(lastEventId);
        cursor.lost = seen < 0 || seen > lastId;
        cursor.id = cursor.lost ? lastId : seen;
      }
      return cursor;
    } finally {
      lock.unlock();
    }
  }

  /** The events that the client hasn't seen; waits for one, and is empty when none comes. */
  List<Event> next(Cursor cursor, Duration patience) throws InterruptedException {
    lock.lock();
    try {
      long left = patience.toNanos();
      while (!hasNews(cursor) && left > 0) {
        left = news.awaitNanos(left);
      }
      return take(cursor);
    } finally {
      lock.unlock();
    }
  }

  /** Wakes all clients, as at the end. */
  void wake() {
    lock.lock();
    try {
      news.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private boolean hasNews(Cursor cursor) {
    return cursor.lost || cursor.id < lastId || cursor.figuresTurn < figuresTurn;
  }

  private List<Event> take(Cursor cursor) {
    List<Event> events = new ArrayList<>();
    Event oldest = kept.peekFirst();
    if (cursor.lost || (oldest != null && cursor.id < oldest.id() - 1)) {
      events.add(new Event(lastId, "reset", "{}"));
      cursor.lost = false;
    } else {
      kept.stream().filter(event -> event.id() > cursor.id).forEach(events::add);
    }
    cursor.id = lastId;
    if (figures != null && cursor.figuresTurn < figuresTurn) {
      events.add(figures);
      cursor.figuresTurn = figuresTurn;
    }
    return events;
  }

  private long parse(String id) {
    if (!id.startsWith(epoch + "-")) {
      return -1;
    }
    try {
      return Long.parseLong(id.substring(epoch.length() + 1));
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  static Duration heartbeat() {
    return Duration.ofSeconds(10);
  }
}
