package dev.banyan.gateway;

import dev.banyan.fiber.Fiber;
import dev.banyan.fiber.Promise;
import dev.banyan.transport.Chunk;
import dev.banyan.transport.TransportException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Owned by its request's loop: puts the answers of subrequests into the body where they were
 * started, whichever ends first. What comes before its turn is held back.
 */
final class PostponedOutput implements BodyFilter {
  /** The octets that a subrequest may be ahead of its turn before it waits. */
  private static final int MOST_AHEAD = 1 << 20;

  private final Request request;
  private final BodyFilter next;
  private final ArrayDeque<Part> parts = new ArrayDeque<>(2);
  private final List<Fiber> fibers = new ArrayList<>(2);
  private Promise<Boolean> drained = new Promise<>();
  private boolean failed;
  private boolean stopped;

  PostponedOutput(Request request, BodyFilter next) {
    this.request = request;
    this.next = next;
  }

  /** The one of a request, which is there when its location is known to have subrequests. */
  static PostponedOutput of(Request r) {
    PostponedOutput known = r.response().postponed();
    if (known != null) {
      return known;
    }
    PostponedOutput made = new PostponedOutput(r, r.response().firstFilter());
    r.response().postpone(made);
    return made;
  }

  /** A part of the body that can't be sent yet. */
  sealed interface Part permits Own, Turn {}

  /** A piece of the request's own. */
  private record Own(Chunk piece, boolean last) implements Part {}

  /** Where a subrequest's answer goes. */
  final class Turn implements Part {
    private final List<Chunk> held = new ArrayList<>(2);
    private final Promise<Boolean> come = new Promise<>();
    private long ahead;
    private boolean ended;

    /** Whether what is written goes on its way at once. */
    boolean isNow() {
      return parts.peek() == this;
    }

    void write(Chunk piece) {
      if (isNow()) {
        next.write(piece, false);
      } else {
        held.add(piece);
        ahead += piece.length();
      }
    }

    /** What was written so far goes on its way, if it is this turn. */
    void flush() {
      if (isNow()) {
        next.flush(); // on to the client, once: what does so twice a level, never ends
      }
    }

    /** The request whose body this is a part of. */
    Request of() {
      return request;
    }

    /** Parks as long as too much is held back. */
    void await() {
      if (!isNow() && ahead > MOST_AHEAD) {
        come.await();
      }
    }

    /** Parks until it is this turn. */
    void awaitNow() {
      if (!isNow()) {
        come.await();
      }
    }

    /** The subrequest has ended, and with it its turn. */
    void end() {
      ended = true;
      try {
        advance();
      } catch (TransportException e) {
        fail(); // the client has gone
      }
    }

    private void discard() {
      held.forEach(Chunk::discard);
      held.clear();
      come.complete(true);
    }

    private void begin() {
      held.forEach(piece -> next.write(piece, false));
      held.clear();
      come.complete(true);
    }
  }

  /** The turn of a subrequest that starts now. */
  Turn turn() {
    if (parts.isEmpty()) {
      drained = new Promise<>();
    }
    Turn turn = new Turn();
    parts.add(turn);
    if (turn.isNow()) {
      turn.begin();
    }
    return turn;
  }

  /** Takes care of the fiber of a subrequest, which ends with the request. */
  void started(Fiber fiber) {
    fibers.add(fiber);
  }

  private void advance() {
    for (Part part = parts.peek(); part != null; part = parts.peek()) {
      switch (part) {
        case Own(Chunk piece, boolean last) -> {
          parts.poll();
          next.write(piece, last);
        }
        case Turn turn -> {
          turn.begin();
          if (!turn.ended) {
            return;
          }
          parts.poll();
        }
      }
    }
    drained.complete(true);
  }

  /** Whether no subrequest is under way. */
  boolean isEmpty() {
    return parts.isEmpty();
  }

  /** Parks until every subrequest has ended. */
  void await() {
    while (!parts.isEmpty()) {
      drained.await();
    }
    check();
  }

  /** A subrequest broke: nobody gets the rest. */
  void fail() {
    failed = true;
    discard();
  }

  /** Ends the request where one of its subrequests broke. */
  void check() {
    if (failed) {
      throw new ResponseAborted(-1);
    }
  }

  /** Whether the request has ended, so that no subrequest starts any more. */
  boolean stopped() {
    return stopped;
  }

  /** Ends the subrequests, whose answers nobody takes any more. */
  void stop() {
    stopped = true;
    fibers.forEach(fiber -> fiber.kill("the request that waits for it has ended"));
    discard();
  }

  private void discard() {
    parts.forEach(part -> {
      switch (part) {
        case Own own -> own.piece().discard();
        case Turn turn -> turn.discard();
      }
    });
    parts.clear();
    drained.complete(true);
  }

  @Override
  public void write(Chunk piece, boolean last) {
    if (parts.isEmpty()) {
      next.write(piece, last);
    } else {
      parts.add(new Own(piece, last));
    }
  }

  @Override
  public void flush() {
    if (parts.isEmpty()) {
      next.flush();
    }
  }
}
