package dev.banyan.lua.ngx.text;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.lua.crypto.Hash;
import java.util.Random;
import java.util.StringJoiner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers of a real nginx, and laws that hold for random bytes. */
final class TextFormatsTest {
  private static String text(byte[] bytes) {
    return new String(bytes, ISO_8859_1);
  }

  private static String escape(UriEscape set, String text) {
    return text(set.escape(text.getBytes(ISO_8859_1), 0, text.length()));
  }

  private static String unescape(String text) {
    return text(UriEscape.unescape(text.getBytes(ISO_8859_1), 0, text.length()));
  }

  private static byte[] random(Random random) {
    byte[] bytes = new byte[random.nextInt(80)];
    random.nextBytes(bytes);
    return bytes;
  }

  private static String ascii() {
    StringBuilder text = new StringBuilder();
    for (char c = ' '; c <= 127; c++) {
      text.append(c);
    }
    return text.toString();
  }

  @Test
  void everyKindOfUriPartHasItsOwnEscapes() {
    assertThat(escape(UriEscape.COMPONENT, ascii()))
        .isEqualTo(
            "%20!%22%23%24%25%26'()*%2B%2C-.%2F0123456789%3A%3B%3C%3D%3E%3F%40"
                + "ABCDEFGHIJKLMNOPQRSTUVWXYZ%5B%5C%5D%5E_%60abcdefghijklmnopqrstuvwxyz%7B%7C%7D~%7F");
    assertThat(escape(UriEscape.PATH, ascii()))
        .isEqualTo(
            "%20!\"%23$%25&'()*+,-./0123456789:;<=>%3F@"
                + "ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~%7F");
    assertThat(escape(UriEscape.numbered(1).orElseThrow(), "a+b#\u00e4")).isEqualTo("a%2Bb%23%E4");
    assertThat(escape(UriEscape.numbered(4).orElseThrow(), "/a b?c#d%")).isEqualTo("/a%20b?c#d%");
    assertThat(UriEscape.numbered(7)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"a+b,a b", "%41%4,A%4", "%,%", "%zz,%zz", "%4g1,%4g1", "%%41,%A", "?x=%41,?x=A"})
  void unescapingLeavesBrokenEscapesAlone(String escaped, String expected) {
    assertThat(unescape(escaped)).isEqualTo(expected);
  }

  @Test
  void whatWasEscapedIsUnescapedToItself() {
    Random random = new Random(1);
    for (int i = 0; i < 2000; i++) {
      String text = text(random(random));
      assertThat(unescape(escape(UriEscape.COMPONENT, text))).isEqualTo(text);
      assertThat(unescape(escape(UriEscape.ARGS, text))).isEqualTo(text);
    }
  }

  @ParameterizedTest
  @CsvSource(
      emptyValue = "",
      value = {
        "'',''",
        "YQ==,a",
        "YQ,a",
        "YW,a",
        "YQ=,a",
        "YWI=,ab",
        "YWJj,abc",
        "====,''",
        "YQ==YQ==,a",
        "YQ=a,a"
      })
  void base64IsReadUpToItsPadding(String encoded, String expected) {
    byte[] bytes = encoded.getBytes(ISO_8859_1);
    assertThat(Base64Text.STANDARD.decode(bytes, 0, bytes.length).map(TextFormatsTest::text))
        .contains(expected);
  }

  @ParameterizedTest
  @CsvSource({"Y", "YWJjZ", "YW Jj", "-_-_", "Y!=="})
  void whatIsNotBase64IsRefused(String encoded) {
    byte[] bytes = encoded.getBytes(ISO_8859_1);
    assertThat(Base64Text.STANDARD.decode(bytes, 0, bytes.length)).isEmpty();
  }

  @Test
  void whatWasEncodedIsDecodedToItself() {
    Random random = new Random(2);
    for (int i = 0; i < 2000; i++) {
      byte[] bytes = random(random);
      byte[] url = Base64Text.URL.encodeBare(bytes);
      byte[] padded = Base64Text.STANDARD.encode(bytes);
      assertThat(Base64Text.URL.decode(url, 0, url.length))
          .hasValueSatisfying(b -> assertThat(b).isEqualTo(bytes));
      assertThat(Base64Text.STANDARD.decode(padded, 0, padded.length))
          .hasValueSatisfying(b -> assertThat(b).isEqualTo(bytes));
    }
  }

  @Test
  void datesAreWrittenForHeadersAndCookies() {
    assertThat(HttpTime.http(1_547_020_800)).isEqualTo("Wed, 09 Jan 2019 08:00:00 GMT");
    assertThat(HttpTime.http(-5)).isEqualTo("Thu, 01 Jan 1970 00:00:00 GMT");
    assertThat(HttpTime.http(1_000_000_000_000L)).isEqualTo("Fri, 31 Dec 9999 23:59:59 GMT");
    assertThat(HttpTime.cookie(1_547_020_800)).isEqualTo("Wed, 09-Jan-19 08:00:00 GMT");
    assertThat(HttpTime.cookie(4_102_444_800L)).isEqualTo("Fri, 01-Jan-2100 00:00:00 GMT");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Thu, 18 Nov 2010 11:27:35 GMT",
        "Thu, 18-Nov-10 11:27:35 GMT",
        "Thursday, 18-Nov-10 11:27:35 GMT",
        "Thu Nov 18 11:27:35 2010",
        "Thu, 18 Nov 2010 11:27:35"
      })
  void threeFormsOfDatesAreRead(String text) {
    assertThat(HttpTime.parse(text)).hasValue(1_290_079_655);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      emptyValue = "",
      value = {
        "''",
        "abc",
        "18 Nov 2010",
        "Thu, 31 Feb 2010 11:27:35 GMT",
        "Thu, 18 Nov 2010 24:00:00 GMT"
      })
  void otherDatesAreNot(String text) {
    assertThat(HttpTime.parse(text)).isEmpty();
  }

  @Test
  void sqlLiteralsEscapeWhatEndsOrBreaksThem() {
    byte[] bytes = "\0\n\r\b\t\u001a\\'\"\u00e2x".getBytes(ISO_8859_1);
    assertThat(text(SqlText.quote(bytes, 0, bytes.length)))
        .isEqualTo("'\\0\\n\\r\\b\\t\\Z\\\\\\'\\\"\u00e2x'");
  }

  @Test
  void digestsAreThoseOfTheirStandards() {
    byte[] hello = "hello".getBytes(ISO_8859_1);
    assertThat(Digests.crc32(hello, 0, 5)).isEqualTo(907_060_870);
    assertThat(text(Digests.hex(Digests.digest(Hash.MD5, hello, 0, 5))))
        .isEqualTo("5d41402abc4b2a76b9719d911017c592");
    assertThat(text(Digests.hex(Digests.hmacSha1(new byte[] {'k'}, new byte[] {'v'}))))
        .isEqualTo("94fc6a2f7e89b8196cf74e1079a8c11eb679a552");
    assertThat(Digests.hmacSha1(new byte[0], hello)).hasSize(20);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      emptyValue = "",
      value = {
        "a=1&b=2&a=3|a=1 b=2 a=3",
        "a&b=&=c&&d|a b= d",
        "a%20b=c+d&x=%41%|a b=c d x=A%",
        "a=1=2&b==|a=1=2 b==",
        "&&&|''"
      })
  void argumentsAreReadInOrder(String args, String expected) {
    StringJoiner read = new StringJoiner(" ");
    byte[] bytes = args.getBytes(ISO_8859_1);
    QueryArgs.read(
        bytes,
        0,
        bytes.length,
        0,
        (name, value) -> read.add(text(name) + (value == null ? "" : "=" + text(value))));
    assertThat(read).hasToString(expected);
  }

  @Test
  void tooManyArgumentsAreCutAndTold() {
    byte[] bytes = "a=1&b=2&c=3".getBytes(ISO_8859_1);
    int[] count = {0};
    assertThat(QueryArgs.read(bytes, 0, bytes.length, 2, (name, value) -> count[0]++)).isTrue();
    assertThat(count[0]).isEqualTo(2);
    assertThat(QueryArgs.read(bytes, 0, bytes.length, 3, (name, value) -> {})).isFalse();
  }
}
