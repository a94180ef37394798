package dev.banyan.duel.wire;

import dev.banyan.duel.suite.Field;
import dev.banyan.duel.wire.Answer.Ending;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Confined to its connection's event loop: reads one answer of HTTP/1 as it comes, field by field
 * as it stands on the wire, and takes nothing that HTTP doesn't allow.
 */
final class AnswerReader {
  private static final int MAX_LINE = 256 << 10;
  private static final int MAX_FIELDS = 2_000;
  private static final Pattern STATUS =
      Pattern.compile("(?s)HTTP/1\\.[01] ([1-9]\\d{2})(?: (.*))?");
  private static final Pattern LENGTH = Pattern.compile("\\d{1,18}");
  private static final Pattern CHUNK = Pattern.compile("([0-9a-fA-F]{1,15})[ \\t]*(?:;.*)?");

  private enum State {
    STATUS_LINE,
    FIELDS,
    SIZED,
    CHUNK_SIZE,
    CHUNK,
    CHUNK_END,
    TRAILERS,
    UNTIL_CLOSE,
    DONE
  }

  private final String method;
  private final StringBuilder line = new StringBuilder();
  private final List<Field> fields = new ArrayList<>();
  private final List<Field> trailers = new ArrayList<>();
  private final List<Field> early = new ArrayList<>();
  private final Body.Collector body = new Body.Collector();
  private State state = State.STATUS_LINE;
  private int status;
  private String reason = "";
  private boolean old;
  private long left;
  private boolean begun;

  /** Of a request with that method. */
  AnswerReader(String method) {
    this.method = method;
  }

  /** Whether an octet of it has come. */
  boolean hasBegun() {
    return begun;
  }

  /** Reads on; whether the answer is whole. */
  boolean read(ByteBuf in) throws MalformedAnswer {
    begun |= in.isReadable();
    boolean more = true;
    while (state != State.DONE && more) {
      more = step(in);
    }
    return state == State.DONE;
  }

  /** Whether there may be more to do. */
  private boolean step(ByteBuf in) throws MalformedAnswer {
    switch (state) {
      case STATUS_LINE, FIELDS, CHUNK_SIZE, CHUNK_END, TRAILERS -> {
        if (!line(in)) {
          return false;
        }
        String text = line.toString();
        line.setLength(0);
        line(text);
        return true;
      }
      case SIZED, CHUNK -> {
        take(in, (int) Math.min(left, in.readableBytes()));
        return left == 0;
      }
      case UNTIL_CLOSE -> {
        body.add(in, in.readableBytes());
        return false;
      }
      case DONE -> {
        return false;
      }
    }
    throw new IllegalStateException("no such state: " + state);
  }

  private void take(ByteBuf in, int count) {
    body.add(in, count);
    left -= count;
    if (left == 0) {
      state = state == State.CHUNK ? State.CHUNK_END : State.DONE;
    }
  }

  /** Collects a line without its end; false while it isn't whole. */
  private boolean line(ByteBuf in) throws MalformedAnswer {
    while (in.isReadable()) {
      char c = (char) (in.readByte() & 0xff);
      if (c == '\n') {
        int last = line.length() - 1;
        if (last >= 0 && line.charAt(last) == '\r') {
          line.setLength(last);
          return true;
        }
        throw new MalformedAnswer("a line that ends without a carriage return: " + shown());
      }
      if (line.length() >= MAX_LINE) {
        throw new MalformedAnswer("a line of more than " + MAX_LINE + " octets");
      }
      line.append(c);
    }
    return false;
  }

  private String shown() {
    String text = line.toString();
    return "\"" + (text.length() > 80 ? text.substring(0, 80) + "..." : text) + "\"";
  }

  private void line(String text) throws MalformedAnswer {
    switch (state) {
      case STATUS_LINE -> statusLine(text);
      case FIELDS -> {
        if (text.isEmpty()) {
          headEnds();
        } else {
          fields.add(field(text, fields.size()));
        }
      }
      case CHUNK_SIZE -> chunk(text);
      case CHUNK_END -> {
        if (!text.isEmpty()) {
          throw new MalformedAnswer("a chunk is longer than its size says");
        }
        state = State.CHUNK_SIZE;
      }
      case TRAILERS -> {
        if (text.isEmpty()) {
          state = State.DONE;
        } else {
          trailers.add(field(text, trailers.size()));
        }
      }
      case SIZED, CHUNK, UNTIL_CLOSE, DONE ->
          throw new IllegalStateException("no lines in state " + state);
    }
  }

  private void statusLine(String text) throws MalformedAnswer {
    Matcher matcher = STATUS.matcher(text);
    if (!matcher.matches()) {
      String start = text.length() > 80 ? text.substring(0, 80) + "..." : text;
      throw new MalformedAnswer("\"" + start + "\" is no status line");
    }
    status = Integer.parseInt(matcher.group(1));
    reason = matcher.group(2) == null ? "" : matcher.group(2);
    old = text.startsWith("HTTP/1.0");
    state = State.FIELDS;
  }

  private static Field field(String text, int before) throws MalformedAnswer {
    int colon = text.indexOf(':');
    if (colon < 1 || text.charAt(0) == ' ' || text.charAt(0) == '\t') {
      throw new MalformedAnswer("\"" + text + "\" is no header field");
    }
    if (before >= MAX_FIELDS) {
      throw new MalformedAnswer("more than " + MAX_FIELDS + " header fields");
    }
    return new Field(text.substring(0, colon), trimmed(text.substring(colon + 1)));
  }

  /** Without the blanks and tabs around it, and with whatever else is odd. */
  private static String trimmed(String value) {
    int from = 0;
    int to = value.length();
    while (from < to && " \t".indexOf(value.charAt(from)) >= 0) {
      from++;
    }
    while (to > from && " \t".indexOf(value.charAt(to - 1)) >= 0) {
      to--;
    }
    return value.substring(from, to);
  }

  private void headEnds() throws MalformedAnswer {
    if (status < 200 && status != 101) {
      if (early.size() > MAX_FIELDS) {
        throw new MalformedAnswer("more than " + MAX_FIELDS + " header fields before the answer");
      }
      Answer.early(status, fields, early);
      fields.clear();
      state = State.STATUS_LINE;
      return;
    }
    List<String> lengths = values("Content-Length");
    boolean chunked =
        values("Transfer-Encoding").stream().anyMatch(v -> lower(v).contains("chunked"));
    if (chunked && !lengths.isEmpty()) {
      throw new MalformedAnswer("both Content-Length and Transfer-Encoding");
    }
    if (lengths.stream().distinct().count() > 1
        || !lengths.stream().allMatch(LENGTH.asMatchPredicate())) {
      throw new MalformedAnswer("Content-Length is " + String.join(" and ", lengths));
    }
    if (method.equals("HEAD") || status == 204 || status == 304 || status == 101) {
      state = State.DONE;
    } else if (chunked) {
      state = State.CHUNK_SIZE;
    } else if (lengths.isEmpty()) {
      state = State.UNTIL_CLOSE;
    } else {
      left = Long.parseLong(lengths.getFirst());
      state = left == 0 ? State.DONE : State.SIZED;
    }
  }

  private void chunk(String text) throws MalformedAnswer {
    Matcher matcher = CHUNK.matcher(text);
    if (!matcher.matches()) {
      throw new MalformedAnswer("\"" + text + "\" is no size of a chunk");
    }
    left = Long.parseLong(matcher.group(1), 16);
    state = left == 0 ? State.TRAILERS : State.CHUNK;
  }

  private List<String> values(String name) {
    return fields.stream().filter(f -> f.named(name)).map(Field::value).toList();
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  /** Whether the connection serves no further request after this answer. */
  boolean closes() {
    boolean kept = values("Connection").stream().anyMatch(v -> lower(v).contains("keep-alive"));
    return status == 101
        || state == State.UNTIL_CLOSE
        || values("Connection").stream().anyMatch(v -> lower(v).contains("close"))
        || (old && !kept);
  }

  /** The connection has ended: the answer as it came. */
  Answer closed(long nanos) {
    if (state == State.UNTIL_CLOSE) {
      return complete(nanos);
    }
    return begun
        ? broken(Ending.CUT_OFF, "the connection was closed " + where(), nanos)
        : Answer.none(Ending.CLOSED, "the connection was closed without an answer", nanos);
  }

  /** Where the answer stands, for people. */
  String where() {
    return switch (state) {
      case STATUS_LINE, FIELDS -> begun ? "in the middle of its header" : "before its status line";
      case SIZED -> "after " + body.length() + " of " + (body.length() + left) + " octets";
      case CHUNK_SIZE, CHUNK, CHUNK_END, TRAILERS ->
          "after " + body.length() + " octets, before the last chunk";
      case UNTIL_CLOSE, DONE -> "after " + body.length() + " octets";
    };
  }

  /** The whole answer. */
  Answer complete(long nanos) {
    return broken(Ending.COMPLETE, "", nanos);
  }

  /** What came of an answer that isn't whole. */
  Answer broken(Ending ending, String detail, long nanos) {
    return new Answer(
        ending, detail, status, reason, fields, body.finish(), trailers, early, nanos);
  }
}
