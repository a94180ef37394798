package dev.banyan.server.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Owned by its connection's thread: a request and the answer to it. */
public final class Exchange {
  private static final Map<Integer, String> REASONS =
      Map.ofEntries(
          Map.entry(200, "OK"),
          Map.entry(304, "Not Modified"),
          Map.entry(400, "Bad Request"),
          Map.entry(401, "Unauthorized"),
          Map.entry(404, "Not Found"),
          Map.entry(405, "Method Not Allowed"),
          Map.entry(408, "Request Timeout"),
          Map.entry(409, "Conflict"),
          Map.entry(413, "Content Too Large"),
          Map.entry(414, "URI Too Long"),
          Map.entry(421, "Misdirected Request"),
          Map.entry(422, "Unprocessable Content"),
          Map.entry(431, "Request Header Fields Too Large"),
          Map.entry(500, "Internal Server Error"),
          Map.entry(501, "Not Implemented"),
          Map.entry(503, "Service Unavailable"),
          Map.entry(505, "HTTP Version Not Supported"));

  /** The length of an answer that ends when it ends. */
  public static final long UNKNOWN = -1;

  private final RequestHead head;
  private final @Nullable RequestBody body;
  private final OutputStream out;
  private final InstantSource clock;
  private final Map<String, String> fields = new LinkedHashMap<>();
  private @Nullable AnswerBody answer;
  private boolean lasts;
  private int status;

  /**
   * An exchange.
   *
   * @param body null when the request couldn't be read, after which the connection ends
   */
  Exchange(RequestHead head, @Nullable RequestBody body, OutputStream out, InstantSource clock) {
    this.head = head;
    this.body = body;
    this.out = out;
    this.clock = clock;
    this.lasts = head.lasts() && body != null;
  }

  /** The request's method. */
  public String method() {
    return head.method();
  }

  /** Its path without arguments, escapes undone. */
  public String path() {
    return head.path();
  }

  /** Its arguments, escapes undone; null for none. */
  public @Nullable String query() {
    return head.query();
  }

  /** The first value of a field of the request, or null. */
  public @Nullable String header(String name) {
    return head.first(name);
  }

  /** Its body; who waits for one to be asked for is asked now. */
  public InputStream body() throws IOException {
    if (body == null) {
      return InputStream.nullInputStream();
    }
    if ("100-continue".equalsIgnoreCase(head.first("Expect")) && !body.ended()) {
      out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      out.flush();
    }
    return body;
  }

  /** Sets a field of the answer, whose head must not have been sent. */
  public void set(String name, String value) {
    fields.put(name, value);
  }

  /** Whether the answer has this field already, spelled so. */
  public boolean has(String name) {
    return fields.containsKey(name);
  }

  /** The answer's status, 0 while there is none. */
  public int status() {
    return status;
  }

  /**
   * Sends the answer's head.
   *
   * @param length of the body, or {@link #UNKNOWN}
   * @return where the body goes, and is dropped when the request was HEAD
   */
  public OutputStream begin(int code, long length) throws IOException {
    if (status != 0) {
      throw new IllegalStateException("the answer has begun already");
    }
    status = code;
    boolean empty = code == 304;
    boolean chunked = length == UNKNOWN && head.lasts();
    lasts &= (body == null || body.ended()) && (length != UNKNOWN || chunked);
    StringBuilder text = new StringBuilder("HTTP/1.1 ").append(code).append(' ');
    text.append(REASONS.getOrDefault(code, "")).append("\r\n");
    line(text, "Date", date());
    fields.forEach((name, value) -> line(text, name, value));
    if (chunked) {
      line(text, "Transfer-Encoding", "chunked");
    } else if (length != UNKNOWN && !empty) {
      line(text, "Content-Length", Long.toString(length));
    }
    if (!lasts) {
      line(text, "Connection", "close");
    }
    out.write(text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    AnswerBody sends = new AnswerBody(out, chunked, empty || head.method().equals("HEAD"));
    answer = sends;
    return sends;
  }

  private String date() {
    return DateTimeFormatter.RFC_1123_DATE_TIME.format(clock.instant().atOffset(ZoneOffset.UTC));
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append(name).append(": ").append(value).append("\r\n");
  }

  /** Ends the answer; whether the connection may carry a further request. */
  boolean end() throws IOException {
    if (answer == null) {
      return false;
    }
    answer.close();
    return lasts;
  }
}
