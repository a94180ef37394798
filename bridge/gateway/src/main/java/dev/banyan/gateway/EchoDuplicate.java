package dev.banyan.gateway;

import dev.banyan.transport.Chunk;
import java.util.List;
import java.util.function.Consumer;

/** {@code echo_duplicate}: a text, many times. */
final class EchoDuplicate {
  /** The octets of one piece, at most: more go out one piece after the other. */
  private static final int PIECE = 1 << 20;

  private EchoDuplicate() {}

  static void send(Request r, Consumer<Chunk> out, Runnable head, List<String> words) {
    String text = words.isEmpty() ? "" : words.getFirst();
    long count = EchoWords.count(text);
    if (count < 0 || words.size() < 2) {
      r.log(ErrorLog.ERROR, "invalid size specified: \"" + text + "\"");
      throw new ResponseAborted(HttpStatus.INTERNAL_ERROR);
    }
    byte[] octets = Octets.bytes(words.get(1));
    if (count == 0 || octets.length == 0) {
      head.run();
      return;
    }
    long most = Math.max(1, PIECE / octets.length);
    for (long left = count; left > 0 && !r.response().headerOnly(); left -= Math.min(most, left)) {
      out.accept(Chunk.of(repeated(octets, (int) Math.min(most, left))));
    }
  }

  private static byte[] repeated(byte[] octets, int times) {
    byte[] all = new byte[octets.length * times];
    for (int i = 0; i < times; i++) {
      System.arraycopy(octets, 0, all, i * octets.length, octets.length);
    }
    return all;
  }
}
