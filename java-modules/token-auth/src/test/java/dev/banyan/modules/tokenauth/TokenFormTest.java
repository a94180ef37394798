package dev.banyan.modules.tokenauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.testkit.Draw;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is read by hand is what the legacy's patterns capture. */
class TokenFormTest {
  private static final Pattern FORM =
      Pattern.compile(
          "^(v1\\.([A-Za-z0-9_-]+)\\.(\\d{1,12})\\.([a-z+]*))\\.([0-9a-f]{40})$",
          Pattern.UNIX_LINES);
  private static final Pattern BEARER =
      Pattern.compile("^bearer +([^ ]+) *$", Pattern.CASE_INSENSITIVE | Pattern.UNIX_LINES);

  private static @Nullable List<String> read(String token) {
    TokenForm form = TokenForm.read(token);
    return form == null
        ? null
        : List.of(
            form.signed(),
            form.user(),
            String.valueOf(form.expires()),
            form.scopes(),
            form.signature());
  }

  private static @Nullable List<String> captured(String token) {
    Matcher matcher = FORM.matcher(token);
    return matcher.find()
        ? Arrays.asList(
            matcher.group(1),
            matcher.group(2),
            String.valueOf(Long.parseLong(matcher.group(3))),
            matcher.group(4),
            matcher.group(5))
        : null;
  }

  @Test
  void anyTextThatIsNearlyAToken() {
    int[] tokens = new int[1];
    Draw.cases(
        20_000,
        draw -> {
          String token =
              draw.one(List.of("v1.", "v1.", "v1.", "v2."))
                  + draw.chars(0, 6, "aZ09_-")
                  + draw.one(List.of(".", ".", ".", ".."))
                  + draw.chars(0, 13, "0123456789")
                  + draw.one(List.of(".", ".", ".", ""))
                  + draw.words(0, 3, "read", "+", "R")
                  + draw.one(List.of(".", ".", ".", "/"))
                  + draw.chars(draw.flag() ? 40 : 39, 40, "0123456789abcdef")
                  + draw.one(List.of("", "", "\n", "g"));
          List<String> expected = captured(token);
          tokens[0] += expected == null ? 0 : 1;
          assertThat(read(token)).as(token).isEqualTo(expected);
        });
    assertThat(tokens[0]).as("good tokens among them").isGreaterThan(100);
  }

  @Test
  void anyAuthorization() {
    Draw.cases(
        20_000,
        draw -> {
          String header =
              draw.words(0, 1, "Bearer", "bearer", "BEARER", "Basic")
                  + draw.chars(0, 3, " \t")
                  + draw.chars(0, 4, "ab. \n")
                  + draw.chars(0, 3, " \n");
          Matcher matcher = BEARER.matcher(header);
          assertThat(TokenAuth.bearer(header))
              .as(header)
              .isEqualTo(matcher.find() ? matcher.group(1) : null);
        });
  }
}
