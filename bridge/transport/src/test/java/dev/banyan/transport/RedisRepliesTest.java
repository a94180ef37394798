package dev.banyan.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Where the replies of Redis end, in whatever pieces they come. */
final class RedisRepliesTest {
  private static final String REPLIES =
      "+OK\r\n:12\r\n-ERR a\rb\r\n$-1\r\n$0\r\n\r\n$5\r\na\r\n$b\r\n*-1\r\n*0\r\n"
          + "*2\r\n$1\r\na\r\n*2\r\n:1\r\n+x\r\n";
  private static final int COUNT = 9;

  private static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  @Test
  void theEndIsFoundWhereverThePiecesAreCut() {
    byte[] all = octets(REPLIES + "+more\r\n");
    for (int cut = 0; cut <= all.length; cut++) {
      RedisReplies replies = new RedisReplies(COUNT);
      int first = replies.take(Arrays.copyOf(all, cut));
      int second = replies.take(Arrays.copyOfRange(all, cut, all.length));
      assertThat(first + second).as("cut at " + cut).isEqualTo(REPLIES.length());
      assertThat(replies.done()).isTrue();
    }
  }

  @Test
  void repliesThatAreNotWholeAreNotDone() {
    for (int length = 0; length < REPLIES.length(); length++) {
      RedisReplies replies = new RedisReplies(COUNT);
      assertThat(replies.take(octets(REPLIES.substring(0, length)))).isEqualTo(length);
      assertThat(replies.done()).isFalse();
    }
  }

  @Test
  void whatIsNoReplyIsTold() {
    for (String text :
        new String[] {
          "PONG\r\n",
          "$\r\n",
          "$x\r\n",
          "$1a\r\n",
          "$--1\r\n",
          "$1\rx",
          "$1\r\nab\r\n",
          "$1\r\na\rx",
          "*1\r\nx",
          "$1234567890123456789\r\n"
        }) {
      assertThat(new RedisReplies(1).take(octets(text))).as(text).isEqualTo(-1);
    }
  }
}
