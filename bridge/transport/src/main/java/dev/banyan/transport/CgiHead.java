package dev.banyan.transport;

import dev.banyan.api.Headers;

/** Owned by its connection's loop: the head of a CGI program's answer, line by line. */
final class CgiHead {
  private static final int STATUS_LENGTH = 3;
  private static final int OK = 200;
  private static final int FOUND = 302;

  private final Headers fields = new Headers();
  private boolean first;
  private int status;
  private String statusLine = "";
  private long length = -1;

  /**
   * A head of which nothing has come.
   *
   * @param statusLines whether it may begin with a status line, as HTTP's does
   */
  CgiHead(boolean statusLines) {
    this.first = statusLines;
  }

  /** Takes a line with its end; answers whether it was the last one. */
  boolean line(String line) {
    int end = line.length() - 1;
    while (end > 0 && line.charAt(end - 1) == '\r') {
      end--;
    }
    boolean begins = first;
    first = false;
    if (end == 0) {
      check(line);
      finish();
      return true;
    }
    if (line.startsWith("HTTP/")) { // else a line that some servers send twice
      if (begins && end >= line.length() - 2) {
        take(line.substring(0, end));
      }
    } else {
      AnswerHead.add(fields, line, 0, end);
    }
    return false;
  }

  /** Refuses the beginning of a line that can't become a right one. */
  void check(String begun) {
    if (begun.charAt(0) == '\r' && begun.length() > 1 && begun.charAt(1) != '\n') {
      throw AnswerHead.invalid(begun, 0, 0);
    }
    boolean statusLine = begun.startsWith("HTTP/") || "HTTP/".startsWith(begun);
    if (!statusLine && begun.charAt(0) != '\r' && begun.charAt(0) != '\n') {
      AnswerHead.nameEnd(begun, 0, begun.indexOf('\r') < 0 ? begun.length() : begun.indexOf('\r'));
    }
  }

  private void take(String line) {
    String told = line.startsWith("HTTP/1.") ? AnswerHead.statusLine(line) : null;
    if (told != null) {
      statusLine = told;
      status = Integer.parseInt(told, 0, STATUS_LENGTH, 10);
    }
  }

  private void finish() {
    int lengths = AnswerHead.count(fields, AnswerHead.CONTENT_LENGTH);
    length = lengths == 0 ? -1 : AnswerHead.length(fields, lengths, false);
    if (status != 0) {
      return;
    }
    String told = fields.first("Status");
    if (told != null) {
      statusLine = told;
      status = status(told);
    } else if (fields.contains("Location")) {
      status = FOUND;
      statusLine = "302 Moved Temporarily";
    } else {
      status = OK;
      statusLine = "200 OK";
    }
  }

  private static int status(String told) {
    int code = 0;
    for (int i = 0; i < STATUS_LENGTH; i++) {
      char digit = i < told.length() ? told.charAt(i) : ' ';
      if (digit < '0' || digit > '9') {
        throw AnswerHead.broken("upstream sent invalid status \"" + told + "\"");
      }
      code = 10 * code + digit - '0';
    }
    return code;
  }

  Headers fields() {
    return fields;
  }

  int status() {
    return status;
  }

  String statusLine() {
    return statusLine;
  }

  /** Content-Length; -1 when nothing says how long the body is. */
  long length() {
    return length;
  }
}
