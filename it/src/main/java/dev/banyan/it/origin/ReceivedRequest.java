package dev.banyan.it.origin;

import dev.banyan.it.wire.Head;
import dev.banyan.it.wire.Payload;

/**
 * A request as an origin received it: line, fields in their order, body and its framing.
 *
 * @param origin the name of the origin
 */
public record ReceivedRequest(String origin, Head head, Payload body) {
  /** The method. */
  public String method() {
    return word(0);
  }

  /** The target as it stands in the request line. */
  public String target() {
    return word(1);
  }

  /** The target without its query. */
  public String path() {
    String target = target();
    int query = target.indexOf('?');
    return query < 0 ? target : target.substring(0, query);
  }

  private String word(int index) {
    String[] words = head.startLine().split(" ", 3);
    if (words.length < 3) {
      throw new IllegalStateException("\"" + head.startLine() + "\" is no request line");
    }
    return words[index];
  }
}
