package dev.banyan.it.oracle;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a client saw: the status line, the fields but for the date, in alphabetical order, and the
 * body without its framing, trailers behind it. When it expires is told as the time from its date.
 */
record Answer(String status, List<String> fields, String body) {
  private static final String BROKEN = "<broken off>";
  private static final Pattern NEXT = Pattern.compile("HTTP/1\\.1 \\d{3} ");
  private static final String NEXT_ONE = "<next: ";
  private static final String DATE = "date: ";
  private static final String EXPIRES = "expires: ";

  /** Further from its date than that, an answer expires at a time that doesn't depend on it. */
  private static final Duration NEAR = Duration.ofDays(30);

  /** Whether no client could read it: chunks that are not whole, or octets after its end. */
  boolean broken() {
    boolean bodiless = status.matches(".* (204|304) .*");
    return body.endsWith(BROKEN)
        || body.contains("HTTP/1.1 100")
        || (bodiless && !body.isEmpty() && !body.startsWith(NEXT_ONE));
  }

  /** The first answer of a connection; those behind it are a part of its body. */
  static Answer parse(String octets) {
    Matcher next = NEXT.matcher(octets);
    if (next.find(Math.min(1, octets.length())) && !octets.startsWith("HTTP/1.1 100")) {
      Answer first = one(octets.substring(0, next.start()));
      return new Answer(
          first.status,
          first.fields,
          first.body + NEXT_ONE + parse(octets.substring(next.start())) + ">");
    }
    return one(octets);
  }

  private static Answer one(String octets) {
    int end = octets.indexOf("\r\n\r\n");
    if (end < 0) {
      return new Answer("", List.of(), octets);
    }
    String[] lines = octets.substring(0, end).split("\r\n");
    if (lines[0].contains(" 100 ")) {
      Answer last = parse(octets.substring(end + 4));
      return new Answer("100, then " + last.status, last.fields, last.body);
    }
    List<String> fields = new ArrayList<>();
    String date = "";
    boolean chunked = false;
    for (int i = 1; i < lines.length; i++) {
      String lower = lines[i].toLowerCase(Locale.ROOT);
      chunked |= lower.equals("transfer-encoding: chunked");
      date = lower.startsWith(DATE) ? lines[i].substring(DATE.length()) : date;
      if (!lower.startsWith("date:")
          && !lower.startsWith("last-modified:")
          && !lower.startsWith("etag:")) {
        fields.add(lines[i]);
      }
    }
    String from = date;
    fields.replaceAll(field -> fromDate(field, from));
    Collections.sort(fields);
    String rest = octets.substring(end + 4);
    return new Answer(lines[0], List.copyOf(fields), chunked ? joined(rest) : rest);
  }

  /** Two servers that are asked one after the other may see the clock go on in between. */
  private static String fromDate(String field, String date) {
    if (!field.regionMatches(true, 0, EXPIRES, 0, EXPIRES.length())) {
      return field;
    }
    try {
      DateTimeFormatter http = DateTimeFormatter.RFC_1123_DATE_TIME;
      ZonedDateTime expires = ZonedDateTime.parse(field.substring(EXPIRES.length()), http);
      Duration left = Duration.between(ZonedDateTime.parse(date, http), expires);
      return left.abs().compareTo(NEAR) > 0 ? field : EXPIRES + "its date and " + left;
    } catch (DateTimeException noDate) {
      return field;
    }
  }

  /** With all texts changed. */
  Answer map(UnaryOperator<String> change) {
    return new Answer(status, fields.stream().map(change).toList(), change.apply(body));
  }

  /** The data of the chunks; what breaks off is marked. */
  private static String joined(String chunks) {
    StringBuilder data = new StringBuilder();
    int at = 0;
    while (true) {
      int line = chunks.indexOf("\r\n", at);
      if (line < 0) {
        return data + BROKEN;
      }
      String length = chunks.substring(at, line);
      if (!length.matches("[0-9a-f]{1,7}")) {
        return data + BROKEN;
      }
      int size = Integer.parseInt(length, 16);
      if (size == 0) {
        String trailers = chunks.substring(line + 2).strip();
        return trailers.isEmpty() ? data.toString() : data + "<then " + trailers + ">";
      }
      int stop = Math.min(line + 2 + size, chunks.length());
      data.append(chunks, line + 2, stop);
      at = stop + 2;
    }
  }
}
