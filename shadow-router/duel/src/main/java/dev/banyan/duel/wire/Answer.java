package dev.banyan.duel.wire;

import dev.banyan.duel.suite.Field;
import java.util.List;

/**
 * What came back for a request. Immutable.
 *
 * @param ending whether it is whole, and what went wrong if not
 * @param detail what went wrong, for people; empty for a whole answer
 * @param status 0 when no status line came
 * @param reason after the status; empty over HTTP/2
 * @param early what came before it in answers of their own (1xx, such as 103 with its links; not
 *     100, which depends on who is quicker): each one's status as a field, then its fields
 * @param nanos from the request to the end
 */
public record Answer(
    Ending ending,
    String detail,
    int status,
    String reason,
    List<Field> fields,
    Body body,
    List<Field> trailers,
    List<Field> early,
    long nanos) {
  private static final int CONTINUE = 100;

  /** How an answer ended. */
  public enum Ending {
    /** With its last octet. */
    COMPLETE("complete"),
    /** Nothing, or not all of it, came in time. */
    TIMED_OUT("timed out"),
    /** The connection ended before an answer began. */
    CLOSED("closed without an answer"),
    /** The connection or stream ended in the middle of it. */
    CUT_OFF("cut off"),
    /** It breaks the rules of HTTP: its length, its framing, its lines. */
    MALFORMED("malformed"),
    /** No connection could be made. */
    UNREACHABLE("not reachable");

    private final String words;

    Ending(String words) {
      this.words = words;
    }

    /** In words. */
    public String words() {
      return words;
    }
  }

  /** Copies the lists. */
  public Answer {
    fields = List.copyOf(fields);
    trailers = List.copyOf(trailers);
    early = List.copyOf(early);
  }

  /** One that never began. */
  public static Answer none(Ending ending, String detail, long nanos) {
    return new Answer(ending, detail, 0, "", List.of(), Body.EMPTY, List.of(), List.of(), nanos);
  }

  /** Notes an answer before the answer. */
  static void early(int status, List<Field> fields, List<Field> into) {
    if (status != CONTINUE) {
      into.add(new Field("status", Integer.toString(status)));
      into.addAll(fields);
    }
  }

  /** Whether all of it came. */
  public boolean isComplete() {
    return ending == Ending.COMPLETE;
  }
}
