package dev.banyan.transport;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Not thread-safe, owned by its connection's loop: reads request heads octet by octet, with the
 * verdicts of nginx 1.22's reader, as early as they are certain. How the octets are cut into pieces
 * makes no difference.
 */
final class HeadParser {
  private static final int STEP = 2048;
  private static final byte[] PROTOCOL = {'H', 'T', 'T', 'P', '/'};

  /** Where the reader stands. */
  private enum At {
    START,
    METHOD,
    BEFORE_URI,
    SCHEME,
    SCHEME_SLASHES,
    HOST_START,
    HOST,
    HOST_LITERAL,
    HOST_END,
    PORT,
    URI,
    AFTER_URI,
    PROTOCOL,
    MAJOR,
    MINOR,
    AFTER_VERSION,
    LINE_CR,
    FIELD,
    NAME,
    BEFORE_VALUE,
    VALUE,
    VALUE_CR,
    END_CR
  }

  private final ListenerLimits limits;
  private RequestHead head = new RequestHead();
  private byte[] raw = new byte[512];
  private int size;
  private At at = At.START;
  private boolean done;
  private boolean inFields;
  private int line;
  private int start;
  private int valueStart;
  private int valueEnd;
  private int digits;
  private int filled;
  private int number;
  private int room;
  private int used;
  private int large;

  HeadParser(ListenerLimits limits) {
    this.limits = limits;
    this.room = limits.headerBufferBytes();
  }

  /** Whether no octet of a head was read yet. */
  boolean idle() {
    return size == 0 && !done;
  }

  /** Reads on; answers whether the head is complete or refused. The rest of {@code in} is left. */
  boolean feed(ByteBuf in) {
    while (!done && in.isReadable()) {
      int step = Math.min(Math.min(in.readableBytes(), STEP), room - used);
      if (raw.length < size + step) {
        raw = Arrays.copyOf(raw, Math.max(size + step, raw.length * 2));
      }
      in.getBytes(in.readerIndex(), raw, size, step);
      filled = size + step;
      int before = size;
      int taken = run(filled) - before;
      in.skipBytes(taken);
      if (!done) {
        used += taken;
        makeRoom();
      }
      if (at == At.START && !done) {
        size = 0; // line ends before a request are not part of it
      }
    }
    return done;
  }

  /** The head that was read; the parser is ready for the next one. */
  RequestHead take() {
    RequestHead complete = head;
    complete.raw = text(0, size);
    head = new RequestHead();
    size = 0;
    at = At.START;
    done = false;
    inFields = false;
    line = 0;
    room = limits.headerBufferBytes();
    used = 0;
    large = 0;
    if (raw.length > STEP) {
      raw = new byte[512];
    }
    return complete;
  }

  /** Follows nginx's buffers: a line must fit into one of them, and their number is bounded. */
  private void makeRoom() {
    if (used < room) {
      return;
    }
    if (at == At.START) {
      used = 0;
      return;
    }
    boolean inRequestLine = !inFields;
    int partial = at == At.FIELD ? 0 : size - line;
    if (partial >= limits.largeHeaderBytes() || large == limits.largeHeaderBuffers()) {
      refuse(
          inRequestLine
              ? new BadRequest(414, "client sent too long URI")
              : new BadRequest(494, "client sent too large request"));
      return;
    }
    large++;
    room = limits.largeHeaderBytes();
    used = partial;
  }

  private String text(int from, int to) {
    return new String(raw, from, to - from, StandardCharsets.ISO_8859_1);
  }

  private void refuse(BadRequest why) {
    if (!inFields) {
      int end = line;
      while (end < filled && raw[end] != '\r' && raw[end] != '\n') {
        end++;
      }
      head.requestLine = text(line, end);
    }
    head.bad = during(why);
    done = true;
  }

  /** With what was being read, as nginx words its error log. */
  private BadRequest during(BadRequest why) {
    String part = inFields ? "headers" : "line";
    return new BadRequest(why.status(), why.reason() + " while reading client request " + part);
  }

  private void invalid() {
    refuse(
        RequestHead.bad(
            !inFields ? "client sent invalid request" : "client sent invalid header line"));
  }

  /** Runs over {@code raw[size..limit)}; answers where it stopped, which becomes {@link #size}. */
  private int run(int limit) {
    int i = size;
    while (!done) {
      i = skipPlain(i, limit);
      size = i;
      if (i == limit) {
        break;
      }
      int c = raw[i] & 0xff;
      size = i + 1;
      if (!inFields) {
        requestLine(c, i);
      } else {
        fieldLine(c, i);
      }
      i++;
    }
    size = i;
    return i;
  }

  /** Jumps over octets that change nothing in the states that most octets belong to. */
  private int skipPlain(int from, int limit) {
    int i = from;
    if (at == At.VALUE) {
      while (i < limit && (raw[i] > '\r' || raw[i] < 0)) {
        i++;
      }
    } else if (at == At.URI) {
      while (i < limit && (raw[i] > ' ' || raw[i] < 0) && raw[i] != 127) {
        i++;
      }
    }
    return i;
  }

  private void requestLine(int c, int i) {
    switch (at) {
      case START -> start(c, i);
      case METHOD -> method(c, i);
      case BEFORE_URI -> beforeUri(c, i);
      case SCHEME, SCHEME_SLASHES, HOST_START, HOST, HOST_LITERAL, HOST_END, PORT -> absolute(c, i);
      case URI -> uri(c, i);
      case AFTER_URI -> afterUri(c, i);
      case PROTOCOL -> {
        if (c != PROTOCOL[digits]) {
          invalid();
        } else if (++digits == PROTOCOL.length) {
          at = At.MAJOR;
          digits = 0;
          number = 0;
        }
      }
      case MAJOR -> major(c);
      case MINOR -> minor(c, i);
      case AFTER_VERSION -> afterVersion(c, i);
      case LINE_CR -> {
        if (c == '\n') {
          lineEnds(i - 1);
        } else {
          invalid();
        }
      }
      case FIELD, NAME, BEFORE_VALUE, VALUE, VALUE_CR, END_CR ->
          throw new IllegalStateException("not in the request line");
    }
  }

  private void start(int c, int i) {
    if (c == '\r' || c == '\n') {
      return;
    }
    line = i;
    at = At.METHOD;
    if (notMethod(c)) {
      refuse(RequestHead.bad("client sent invalid method"));
    }
  }

  static boolean notMethod(int c) {
    return (c < 'A' || c > 'Z') && c != '_' && c != '-';
  }

  private void method(int c, int i) {
    if (c == ' ') {
      head.method = text(line, i);
      at = At.BEFORE_URI;
    } else if (notMethod(c)) {
      refuse(RequestHead.bad("client sent invalid method"));
    }
  }

  private void beforeUri(int c, int i) {
    start = i;
    if (c == '/') {
      at = At.URI;
    } else if (letter(c)) {
      at = At.SCHEME;
      digits = 0;
    } else if (c != ' ') {
      invalid();
    }
  }

  private static boolean letter(int c) {
    int lower = c | 0x20;
    return lower >= 'a' && lower <= 'z';
  }

  private static boolean digit(int c) {
    return c >= '0' && c <= '9';
  }

  /** An absolute target: scheme, authority, and then the path. */
  private void absolute(int c, int i) {
    boolean bad = false;
    switch (at) {
      case SCHEME -> {
        if (c == ':') {
          at = At.SCHEME_SLASHES;
        } else {
          bad = !letter(c) && !digit(c) && c != '+' && c != '-' && c != '.';
        }
      }
      case SCHEME_SLASHES -> {
        bad = c != '/';
        if (++digits == 2) {
          at = At.HOST_START;
          start = i + 1;
        }
      }
      case HOST_START -> {
        at = c == '[' ? At.HOST_LITERAL : At.HOST;
        if (c != '[') {
          bad = !hostOctet(c);
        }
      }
      case HOST -> {
        if (!hostOctet(c)) {
          hostEnds(c, i);
        }
      }
      case HOST_LITERAL -> {
        if (c == ']') {
          at = At.HOST_END;
        } else {
          bad = !hostOctet(c) && "_:~!$&'()*+,;=".indexOf(c) < 0;
        }
      }
      case HOST_END -> hostEnds(c, i);
      case PORT -> {
        if (!digit(c)) {
          pathStarts(c, i);
        }
      }
      default -> throw new IllegalStateException("not in an absolute target");
    }
    if (bad) {
      invalid();
    }
  }

  private static boolean hostOctet(int c) {
    return letter(c) || digit(c) || c == '.' || c == '-';
  }

  private void hostEnds(int c, int i) {
    String host = text(start, i);
    if (!HostSyntax.valid(host)) {
      refuse(RequestHead.bad("client sent invalid host in request line"));
      return;
    }
    head.targetHost = host;
    if (c == ':') {
      at = At.PORT;
    } else {
      pathStarts(c, i);
    }
  }

  private void pathStarts(int c, int i) {
    switch (c) {
      case '/', '?' -> {
        start = i;
        at = At.URI;
      }
      case ' ' -> {
        head.target = "/";
        at = At.AFTER_URI;
      }
      default -> invalid();
    }
  }

  private void uri(int c, int i) {
    if (c > ' ' && c != 127) {
      return;
    }
    String target = text(start, i);
    head.target = target.charAt(0) == '/' ? target : "/" + target;
    if (c == ' ') {
      at = At.AFTER_URI;
    } else {
      simple(c, i);
    }
  }

  private void afterUri(int c, int i) {
    if (c == 'H') {
      at = At.PROTOCOL;
      digits = 1;
    } else if (c != ' ') {
      simple(c, i);
    }
  }

  /** The line ends without a protocol: HTTP/0.9. */
  private void simple(int c, int i) {
    switch (c) {
      case '\r' -> {
        head.version = 9;
        at = At.LINE_CR;
      }
      case '\n' -> {
        head.version = 9;
        lineEnds(i);
      }
      default -> invalid();
    }
  }

  private void major(int c) {
    if (digit(c) && (digits > 0 || c != '0')) {
      digits++;
      number = number * 10 + (c - '0');
      if (number > 1) {
        refuse(new BadRequest(505, "client sent invalid version"));
      }
    } else if (c == '.' && digits > 0) {
      at = At.MINOR;
      digits = 0;
      number = 0;
    } else {
      invalid();
    }
  }

  private void minor(int c, int i) {
    if (digit(c) && number <= 99) {
      digits++;
      number = number * 10 + (c - '0');
    } else if (digits == 0) {
      invalid();
    } else {
      head.version = number == 0 ? 10 : 11;
      afterVersion(c, i);
    }
  }

  private void afterVersion(int c, int i) {
    switch (c) {
      case ' ' -> at = At.AFTER_VERSION;
      case '\r' -> at = At.LINE_CR;
      case '\n' -> lineEnds(i);
      default -> invalid();
    }
  }

  private void lineEnds(int end) {
    head.requestLine = text(line, end);
    if (head.version == 9) {
      if (head.method.equals("GET")) {
        done = true;
      } else {
        refuse(RequestHead.bad("client sent invalid method in HTTP/0.9 request"));
      }
      return;
    }
    at = At.FIELD;
    inFields = true;
  }

  private void fieldLine(int c, int i) {
    switch (at) {
      case FIELD -> fieldStarts(c, i);
      case NAME -> name(c, i);
      case BEFORE_VALUE -> {
        if (c != ' ') {
          valueStart = i;
          at = At.VALUE;
          value(c, i);
        }
      }
      case VALUE -> value(c, i);
      case VALUE_CR -> {
        if (c == '\n') {
          at = At.FIELD;
          takeField();
        } else if (c != '\r') {
          invalid();
        }
      }
      case END_CR -> {
        if (c == '\n') {
          complete();
        } else {
          invalid();
        }
      }
      default -> throw new IllegalStateException("not in a field");
    }
  }

  private void fieldStarts(int c, int i) {
    line = i;
    if (c == '\r') {
      at = At.END_CR;
    } else if (c == '\n') {
      complete();
    } else if (c <= ' ' || c == 127 || c == ':') {
      invalid();
    } else {
      at = At.NAME;
    }
  }

  private void name(int c, int i) {
    if (c > ' ' && c != ':' && c != 127) {
      return;
    }
    start = i;
    valueStart = i;
    switch (c) {
      case ':' -> at = At.BEFORE_VALUE;
      case '\r', '\n' -> value(c, i); // a name alone is a field without a value
      default -> invalid();
    }
  }

  private void value(int c, int i) {
    switch (c) {
      case '\r' -> {
        valueEnd = i;
        at = At.VALUE_CR;
      }
      case '\n' -> {
        valueEnd = i;
        at = At.FIELD;
        takeField();
      }
      case 0 -> invalid();
      default -> {
        // part of the value
      }
    }
  }

  private void takeField() {
    if (head.headers.size() >= limits.headerLines()) {
      refuse(new BadRequest(494, "client sent too many header lines"));
      return;
    }
    int end = valueEnd;
    while (end > valueStart && raw[end - 1] == ' ') {
      end--;
    }
    BadRequest bad = head.field(text(line, start), text(valueStart, end));
    if (bad != null) {
      refuse(bad);
    }
  }

  private void complete() {
    BadRequest bad = head.complete();
    if (bad != null) {
      head.bad = during(bad);
    }
    done = true;
  }
}
