package dev.banyan.transport;

import dev.banyan.api.Headers;
import io.netty.handler.codec.http2.Http2Headers;
import java.util.Map;

/** The fields of an answer's head, or those behind its body, judged as nginx judges them. */
final class GrpcHead {
  private static final String STATUS = ":status";
  private static final int STATUS_LENGTH = 3;
  private static final int OK = 200;

  private final Headers fields = new Headers();
  private int status;

  private GrpcHead() {}

  /** Reads a head, whose names and values have no more octets than {@code limit}. */
  static GrpcHead of(Http2Headers block, long limit) {
    GrpcHead head = new GrpcHead();
    long left = limit;
    for (Map.Entry<CharSequence, CharSequence> field : block) {
      String name = field.getKey().toString();
      String value = field.getValue().toString();
      left = judged(name, value, left, limit);
      if (!name.startsWith(":")) {
        if (head.status == 0) {
          throw GrpcInput.broken("upstream sent no :status header");
        }
        head.fields.add(name, value);
      } else if (!name.equals(STATUS)) {
        throw GrpcInput.broken("upstream sent invalid header \"" + name + ": " + value + "\"");
      } else {
        head.status(value);
      }
    }
    return head;
  }

  /** Reads the fields behind a body. */
  static Headers trailers(Http2Headers block, long limit) {
    Headers trailers = new Headers();
    long left = limit;
    for (Map.Entry<CharSequence, CharSequence> field : block) {
      String name = field.getKey().toString();
      String value = field.getValue().toString();
      left = judged(name, value, left, limit);
      if (name.startsWith(":")) {
        throw GrpcInput.broken("upstream sent invalid trailer \"" + name + ": " + value + "\"");
      }
      trailers.add(name, value);
    }
    return trailers;
  }

  int status() {
    return status;
  }

  Headers fields() {
    return fields;
  }

  private void status(String value) {
    if (status != 0) {
      throw GrpcInput.broken("upstream sent duplicate :status header");
    }
    if (value.length() != STATUS_LENGTH || !value.chars().allMatch(GrpcHead::isDigit)) {
      throw GrpcInput.broken("upstream sent invalid :status \"" + value + "\"");
    }
    status = Integer.parseInt(value);
    if (status < OK) {
      throw GrpcInput.broken("upstream sent unexpected :status \"" + value + "\"");
    }
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  /** How much room is left behind a field that may be. */
  private static long judged(String name, String value, long left, long limit) {
    if (name.isEmpty()) {
      throw GrpcInput.broken("upstream sent zero http2 header name length");
    }
    tooLong("name", name, limit);
    tooLong("value", value, limit);
    if (!isName(name) || !isValue(value)) {
      throw GrpcInput.broken("upstream sent invalid header: \"" + name + ": " + value + "\"");
    }
    int length = name.length() + value.length();
    if (length > left) {
      throw GrpcInput.broken("upstream sent too large http2 header");
    }
    return left - length;
  }

  private static void tooLong(String what, String text, long limit) {
    if (text.length() > limit) {
      throw GrpcInput.broken(
          "upstream sent too large http2 header " + what + " length: " + text.length());
    }
  }

  private static boolean isName(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c <= ' ' || c == 127 || (c == ':' && i > 0) || (c >= 'A' && c <= 'Z')) {
        return false;
      }
    }
    return true;
  }

  private static boolean isValue(String value) {
    return value.indexOf('\0') < 0 && value.indexOf('\r') < 0 && value.indexOf('\n') < 0;
  }
}
