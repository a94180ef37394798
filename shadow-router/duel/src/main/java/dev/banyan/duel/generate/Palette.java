package dev.banyan.duel.generate;

import dev.banyan.duel.suite.Field;
import dev.banyan.duel.suite.OriginAnswer;
import dev.banyan.duel.suite.OriginAnswer.Sending;
import java.util.ArrayList;
import java.util.List;

/** Owned by one generation: answers of origins, in turn, so that filters have something to do. */
final class Palette {
  private static final Field HTML = new Field("Content-Type", "text/html; charset=utf-8");
  private static final String PAGE =
      "<html><body><p>Ask anna.berg@example.org or sales+eu@shop-7.example.com.</p>"
          + "<a href=\"http://origin1.internal/x\">half@@example.org</a></body></html>\n";

  private final List<OriginAnswer> answers = new ArrayList<>();
  private int next;

  /** With the texts of the Lua that look like names of header fields. */
  Palette(List<String> fieldNames) {
    List<Field> leaked = new ArrayList<>(List.of(HTML));
    fieldNames.stream().limit(40).forEach(name -> leaked.add(new Field(name, "from-origin")));
    answers.add(OriginAnswer.of(200, List.of(HTML), PAGE));
    answers.add(
        OriginAnswer.of(
            200,
            List.of(new Field("Content-Type", "application/json"), new Field("ETag", "\"j1\"")),
            "{\"mail\":\"anna@example.org\"}"));
    answers.add(OriginAnswer.of(200, leaked, PAGE).sent(Sending.CHUNKED));
    answers.add(cookies());
    answers.add(
        OriginAnswer.of(
            302,
            List.of(
                HTML, new Field("Location", "http://origin1.internal:8000/landing?from=origin")),
            PAGE));
    answers.add(
        OriginAnswer.of(
            404, List.of(HTML, new Field("Cache-Control", "public, max-age=60")), PAGE));
    answers.add(
        OriginAnswer.of(
            200,
            List.of(HTML, new Field("ETag", "\"h1\""), new Field("Content-Encoding", "gzip")),
            "not really gzip, me@example.org"));
    answers.add(OriginAnswer.of(204, List.of(), ""));
    answers.add(OriginAnswer.of(200, List.of(HTML), PAGE.repeat(200)).sent(Sending.UNTIL_CLOSE));
    answers.add(OriginAnswer.of(500, List.of(HTML), PAGE));
    answers.add(
        OriginAnswer.of(
            200,
            List.of(
                new Field("Content-Type", "text/plain"),
                new Field("Vary", "Accept"),
                new Field("Vary", "Cookie")),
            "plain, anna@example.org"));
    answers.add(
        OriginAnswer.of(
                200, List.of(HTML, new Field("X-Frame-Options", "ALLOWALL")), PAGE.repeat(20))
            .sent(Sending.CHUNKED));
  }

  private static OriginAnswer cookies() {
    return OriginAnswer.of(
        200,
        List.of(
            new Field("Content-Type", "text/plain"),
            new Field("Set-Cookie", "session=abc; Path=/; HttpOnly"),
            new Field("Set-Cookie", "theme=dark; secure; SameSite=None"),
            new Field("Set-Cookie", "lang=en")),
        "cookies\n");
  }

  /** The next one. */
  OriginAnswer next() {
    return answers.get(next++ % answers.size());
  }
}
