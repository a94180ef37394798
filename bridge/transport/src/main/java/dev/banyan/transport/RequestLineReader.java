package dev.banyan.transport;

/**
 * Not thread-safe: reads a request line octet by octet, with the verdicts of nginx 1.22's reader
 * (RFC 9112, 3, and HTTP/0.9's).
 */
final class RequestLineReader {
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
    LINE_CR
  }

  private final HeadOctets octets;
  private At at = At.START;
  private int start;
  private int digits;
  private int number;

  RequestLineReader(HeadOctets octets) {
    this.octets = octets;
  }

  /** A new request begins. */
  void begin() {
    at = At.START;
  }

  /** Whether an octet of a request has come. */
  boolean begun() {
    return at != At.START;
  }

  /** Jumps over octets that change nothing where most octets belong; answers where it stopped. */
  int skip(int from, int limit) {
    int i = from;
    if (at == At.URI) {
      byte[] raw = octets.raw;
      while (i < limit && (raw[i] > ' ' || raw[i] < 0) && raw[i] != 127) {
        i++;
      }
    }
    return i;
  }

  /** Takes the octet {@code c}, which stands at {@code i}. */
  void octet(int c, int i) {
    switch (at) {
      case START -> start(c, i);
      case METHOD -> method(c, i);
      case BEFORE_URI -> beforeUri(c, i);
      case SCHEME, SCHEME_SLASHES, HOST_START, HOST, HOST_LITERAL, HOST_END, PORT -> absolute(c, i);
      case URI -> uri(c, i);
      case AFTER_URI -> afterUri(c, i);
      case PROTOCOL -> {
        if (c != PROTOCOL[digits]) {
          octets.invalid();
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
          octets.invalid();
        }
      }
    }
  }

  private void start(int c, int i) {
    if (c == '\r' || c == '\n') {
      return;
    }
    octets.first = i;
    octets.line = i;
    at = At.METHOD;
    if (notMethod(c)) {
      octets.refuse(RequestHead.bad("client sent invalid method"));
    }
  }

  static boolean notMethod(int c) {
    return (c < 'A' || c > 'Z') && c != '_' && c != '-';
  }

  private void method(int c, int i) {
    if (c == ' ') {
      octets.head.method = octets.text(octets.line, i);
      at = At.BEFORE_URI;
    } else if (notMethod(c)) {
      octets.refuse(RequestHead.bad("client sent invalid method"));
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
      octets.invalid();
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
      octets.invalid();
    }
  }

  private static boolean hostOctet(int c) {
    return letter(c) || digit(c) || c == '.' || c == '-';
  }

  private void hostEnds(int c, int i) {
    String host = octets.text(start, i);
    if (!HostSyntax.valid(host)) {
      octets.refuse(RequestHead.bad("client sent invalid host in request line"));
      return;
    }
    octets.head.targetHost = host;
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
        octets.head.target = "/";
        at = At.AFTER_URI;
      }
      default -> octets.invalid();
    }
  }

  private void uri(int c, int i) {
    if (c > ' ' && c != 127) {
      return;
    }
    String target = octets.text(start, i);
    octets.head.target = target.charAt(0) == '/' ? target : "/" + target;
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
        octets.head.version = 9;
        at = At.LINE_CR;
      }
      case '\n' -> {
        octets.head.version = 9;
        lineEnds(i);
      }
      default -> octets.invalid();
    }
  }

  private void major(int c) {
    if (digit(c) && (digits > 0 || c != '0')) {
      digits++;
      number = number * 10 + (c - '0');
      if (number > 1) {
        octets.refuse(new BadRequest(505, "client sent invalid version"));
      }
    } else if (c == '.' && digits > 0) {
      at = At.MINOR;
      digits = 0;
      number = 0;
    } else {
      octets.invalid();
    }
  }

  private void minor(int c, int i) {
    if (digit(c) && number <= 99) {
      digits++;
      number = number * 10 + (c - '0');
    } else if (digits == 0) {
      octets.invalid();
    } else {
      octets.head.version = number == 0 ? 10 : 11;
      afterVersion(c, i);
    }
  }

  private void afterVersion(int c, int i) {
    switch (c) {
      case ' ' -> at = At.AFTER_VERSION;
      case '\r' -> at = At.LINE_CR;
      case '\n' -> lineEnds(i);
      default -> octets.invalid();
    }
  }

  private void lineEnds(int end) {
    octets.head.requestLine = octets.text(octets.line, end);
    if (octets.head.version == 9) {
      if (octets.head.method.equals("GET")) {
        octets.done = true;
      } else {
        octets.refuse(RequestHead.bad("client sent invalid method in HTTP/0.9 request"));
      }
      return;
    }
    octets.inFields = true;
  }
}
