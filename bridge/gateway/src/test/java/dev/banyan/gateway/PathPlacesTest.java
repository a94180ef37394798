package dev.banyan.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.api.Headers;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two responses' cookies. */
class PathPlacesTest {
  private static PathPlaces compared(String old, String dry) {
    PathPlaces places = new PathPlaces();
    places.response(cookies(old), cookies(dry));
    return places;
  }

  private static Headers cookies(String lines) {
    Headers head = new Headers();
    for (String line : lines.split("\\|")) {
      head.add("Set-Cookie", line);
    }
    return head;
  }

  @ParameterizedTest
  @CsvSource({
    "'a=1; Path=/; Secure; HttpOnly', 'a=1; httponly; SECURE; path=/'",
    "'a=1;Max-Age=5', 'a=1; max-age=5'",
    "'a=1|b=2', 'b=2|a=1'",
    "'a=x=y; Path=/', 'a=x=y;path=/'",
  })
  void cookiesAreAlikeWhateverTheOrderOfTheirAttributes(String old, String dry) {
    PathPlaces places = compared(old, dry);
    assertThat(places.old()).isEqualTo(places.dry());
  }

  @ParameterizedTest
  @CsvSource({
    "'a=1; Path=/', 'a=2; Path=/'",
    "'a=1; Path=/', 'a=1; Path=/b'",
    "'a=1; Secure', 'a=1'",
    "'a=1', 'A=1'",
    "'a=1|a=2', 'a=2|a=1'",
    "'a=1|a=1', 'a=1'",
    "'a=1; value=x', 'a=2; value=x'",
    "'a=x=y', 'a=x'",
  })
  void cookiesDifferByNameValueAttributeAndOrderOfTheSame(String old, String dry) {
    PathPlaces places = compared(old, dry);
    assertThat(places.old()).isNotEqualTo(places.dry());
  }
}
