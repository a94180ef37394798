package dev.banyan.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** New identifiers of {@code userid}; those that a client brings are compared with nginx's. */
final class UserIdTest {
  private static final Pattern COOKIE = Pattern.compile("Set-Cookie: (\\w+)=([^;]{24})(.*)\r\n");

  @TempDir Path prefix;

  private static Matcher cookie(String answer) {
    Matcher found = COOKIE.matcher(answer);
    assertThat(found.find()).as(answer).isTrue();
    return found;
  }

  private static ByteBuffer octets(String answer) {
    return ByteBuffer.wrap(Base64.getDecoder().decode(cookie(answer).group(2)));
  }

  @Test
  void aBrowserWithoutOneGetsAnIdentifierOfItsOwn() {
    try (Served served = Served.server(prefix, "", "userid on; location / { return 200 x; }")) {
      ByteBuffer first = octets(served.get("/"));
      ByteBuffer second = octets(served.get("/"));
      assertThat(first.getInt(0)).isEqualTo(0x7f000001);
      assertThat((long) first.getInt(4)).isCloseTo(Instant.now().getEpochSecond(), within(60L));
      assertThat(second.getInt(8)).isEqualTo(first.getInt(8));
      assertThat(first.getInt(12)).isEqualTo(0x03030302);
      assertThat(second.getInt(12)).isEqualTo(0x03030402);
    }
  }

  @Test
  void theOldKindHasItsNumbersTheOtherWayRound() {
    try (Served served =
        Served.server(prefix, "", "userid v1; userid_service 257; location / { return 200 x; }")) {
      ByteBuffer octets = octets(served.get("/")).order(ByteOrder.LITTLE_ENDIAN);
      assertThat(octets.getInt(0)).isEqualTo(257);
      assertThat(octets.getInt(12)).isEqualTo(1);
    }
  }

  @Test
  void theCookieHasTheAttributesThatAreSet() {
    String server =
        "userid on; userid_name one; userid_expires max; userid_path /p; userid_domain a.b;\n"
            + "userid_flags samesite=lax httponly secure; userid_p3p 'CP=\"X\"'; userid_mark Z;\n"
            + "location / { return 200 x; }";
    try (Served served = Served.server(prefix, "", server)) {
      String answer = served.get("/");
      assertThat(cookie(answer).group(1)).isEqualTo("one");
      assertThat(cookie(answer).group(2)).endsWith("Z=");
      assertThat(cookie(answer).group(3))
          .isEqualTo(
              "; expires=Thu, 31-Dec-37 23:55:55 GMT; domain=a.b; path=/p; secure; httponly;"
                  + " samesite=lax");
      assertThat(answer).contains("P3P: CP=\"X\"\r\n");
    }
  }

  @Test
  void whatIsLoggedIsWhatTheAnswerSets() {
    String server =
        "userid on; add_header X-Set $uid_set; location / { content_by_lua_block {"
            + " ngx.print(ngx.var.uid_set) } }";
    try (Served served = Served.server(prefix, "", server)) {
      String answer = served.get("/");
      ByteBuffer octets = octets(answer).order(ByteOrder.LITTLE_ENDIAN);
      String text =
          "uid=%08X%08X%08X%08X"
              .formatted(octets.getInt(0), octets.getInt(4), octets.getInt(8), octets.getInt(12));
      assertThat(answer).contains("X-Set: " + text + "\r\n").contains("\r\n" + text);
    }
  }

  @Test
  void anIdentifierThatIsResetIsReplaced() {
    String server = "location / { userid on; set $uid_reset log; return 200 $uid_got; }";
    try (Served served = Served.server(prefix, "", server)) {
      String answer = served.get("/", "Cookie: uid=fwAAAWD9Y2AqvXBFAwMCAg==\r\n");
      assertThat(cookie(answer).group(2)).isNotEqualTo("fwAAAWD9Y2AqvXBFAwMCAg==");
      assertThat(answer).endsWith("uid=0100007F6063FD604570BD2A02020303");
      assertThat(served.awaitLog("error.log", "was reset"))
          .contains("userid cookie \"uid=0100007F6063FD604570BD2A02020303\" was reset");
    }
  }

  @Test
  void whatIsNoIdentifierIsLoggedAndReplaced() {
    try (Served served = Served.server(prefix, "", "userid on; location / { return 200 x; }")) {
      assertThat(served.get("/", "Cookie: uid=short\r\n")).contains("Set-Cookie: uid=");
      assertThat(served.get("/", "Cookie: uid=!!!!!!!!!!!!!!!!!!!!!!!!\r\n"))
          .contains("Set-Cookie: uid=");
      assertThat(served.awaitLog("error.log", "sent invalid userid"))
          .contains("client sent too short userid cookie \"uid=short\"");
    }
  }
}
