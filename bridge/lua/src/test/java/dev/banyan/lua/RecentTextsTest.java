package dev.banyan.lua;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.luaj.vm2.LuaString;

/**
 * Texts that cross from Java to Lua and back are copied once, and those of single requests
 * forgotten.
 */
@SuppressWarnings("ReferenceEquality") // whether something was made anew is what is asked
final class RecentTextsTest {
  private static final int REQUESTS = 20_000;

  private final RecentTexts texts = new RecentTexts();

  @Test
  void whatOneRequestHandsOverTwiceIsOneString() {
    LuaString first = texts.of(fresh("/some/where"));
    assertThat(first.tojstring()).isEqualTo("/some/where");
    assertThat(texts.of(fresh("/some/where"))).isSameAs(first);
  }

  @Test
  void whatManyRequestsHandOverIsOneStringWhateverElseTheyHandOver() {
    int anew = 0;
    LuaString host = texts.of(fresh("www.example.com"));
    for (int request = 0; request < REQUESTS; request++) {
      for (int own = 0; own < 8; own++) {
        texts.of("of request " + request + ", " + own);
      }
      LuaString again = texts.of(fresh("www.example.com"));
      anew += again == host ? 0 : 1;
      host = again;
    }
    assertThat(anew).as("made anew in " + REQUESTS + " requests").isLessThan(5);
  }

  @Test
  void aTextTooLongToBeKeptIsRightAllTheSame() {
    String longOne = "x".repeat(65);
    assertThat(texts.of(longOne).tojstring()).isEqualTo(longOne);
    assertThat(texts.of("").length()).isZero();
  }

  @Test
  void octetsGoBackAndForthUnchangedHoweverOftenTheyAreSeen() {
    for (int round = 0; round < 50; round++) {
      for (int i = 0; i < 1_000; i++) {
        String octets = "value \u00ff" + i % 700;
        assertThat(KnownTexts.latin1(LuaText.of(octets))).isEqualTo(octets);
        assertThat(LuaText.latin1(texts.of(octets))).isEqualTo(octets);
      }
    }
  }

  @Test
  void aLuaStringThatComesBackAsAnotherObjectIsTheSameTextOfJavas() {
    String first = KnownTexts.latin1(LuaText.of("of a tenant 4711"));
    assertThat(KnownTexts.latin1(LuaText.of("of a tenant 4711"))).isSameAs(first);
  }

  /** An object of its own, as each request's text is. */
  private static String fresh(String text) {
    return new String(text.toCharArray());
  }
}
