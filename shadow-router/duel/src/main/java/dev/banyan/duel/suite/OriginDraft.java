package dev.banyan.duel.suite;

import dev.banyan.duel.suite.OriginAnswer.Sending;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Owned by its case: an origin's answer whose lines are still coming. */
final class OriginDraft {
  private static final Pattern STATUS = Pattern.compile("(?s)(?:HTTP/1\\.1 )?(\\d{3})(?: (.*))?");
  private static final Pattern DELAY = Pattern.compile("(\\d{1,6})ms");

  private final List<Field> fields = new ArrayList<>();
  private final List<String> body = new ArrayList<>();
  private Sending sending = Sending.SIZED;
  private Duration delay = Duration.ZERO;
  private int status;
  private String reason = "";
  private boolean inBody;

  /** With the words after {@code --- origin}. */
  OriginDraft(List<String> words) {
    for (String word : words) {
      Matcher wait = DELAY.matcher(word);
      if (wait.matches()) {
        delay = Duration.ofMillis(Long.parseLong(wait.group(1)));
      } else {
        sending = sending(word);
      }
    }
    if (delay.compareTo(OriginAnswer.MAX_DELAY) > 0) {
      throw new IllegalArgumentException(
          "an origin waits at most " + OriginAnswer.MAX_DELAY.toMillis() + "ms");
    }
  }

  private static Sending sending(String word) {
    for (Sending way : Sending.values()) {
      if (way.word().equals(word)) {
        return way;
      }
    }
    String known =
        Arrays.stream(Sending.values()).map(Sending::word).collect(Collectors.joining(", "));
    throw new IllegalArgumentException(
        "\"" + word + "\": expected a delay such as 300ms, or one of " + known);
  }

  void line(String text) {
    if (inBody) {
      body.add(Escapes.decode(text));
    } else if (status == 0) {
      status(text);
    } else if (text.isEmpty()) {
      inBody = true;
    } else {
      fields.add(RequestDraft.field(text));
    }
  }

  private void status(String text) {
    if (text.isBlank()) {
      return;
    }
    Matcher matcher = STATUS.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "\"" + text.strip() + "\": expected the origin's status, such as 200 OK");
    }
    status = Integer.parseInt(matcher.group(1));
    reason = matcher.group(2) == null ? "" : Escapes.decode(matcher.group(2));
  }

  OriginAnswer finish() {
    boolean silent = sending == Sending.DROP || sending == Sending.HANG;
    if (status == 0 && !silent) {
      throw new IllegalArgumentException("\"--- origin\" without a status, such as 200 OK");
    }
    return new OriginAnswer(
        status == 0 ? 200 : status, reason, fields, CaseDraft.join(body), sending, delay);
  }
}
