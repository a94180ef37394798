package dev.banyan.host;

import dev.banyan.api.Headers;
import dev.banyan.api.Http;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads a whole HTTP/1 answer from the octets that a connection brought. */
public final class HttpAnswers {
  private HttpAnswers() {}

  /**
   * The answer in these octets; a body without length goes to their end.
   *
   * @throws IOException when they are no whole answer
   */
  public static Http.Answer parse(byte[] octets) throws IOException {
    String text = new String(octets, StandardCharsets.ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    if (end < 0) {
      throw new IOException("the answer's head is not complete");
    }
    String[] lines = text.substring(0, end).split("\r\n", -1);
    Headers headers = new Headers();
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      if (colon <= 0) {
        throw new IOException("the answer has a field without a name");
      }
      headers.add(lines[i].substring(0, colon), lines[i].substring(colon + 1).strip());
    }
    return new Http.Answer(status(lines[0]), headers, body(octets, end + 4, headers));
  }

  private static int status(String line) throws IOException {
    if (!line.matches("HTTP/1\\.[01] \\d{3}( .*)?")) {
      throw new IOException("the answer doesn't begin with a status line");
    }
    return Integer.parseInt(line.substring(9, 12));
  }

  private static byte[] body(byte[] octets, int from, Headers headers) throws IOException {
    if ("chunked".equalsIgnoreCase(headers.first("Transfer-Encoding"))) {
      return chunks(octets, from);
    }
    String length = headers.first("Content-Length");
    if (length == null) {
      return Arrays.copyOfRange(octets, from, octets.length);
    }
    try {
      int size = Integer.parseInt(length);
      if (size < 0 || size > octets.length - from) {
        throw new IOException("the answer's body is cut off");
      }
      return Arrays.copyOfRange(octets, from, from + size);
    } catch (NumberFormatException e) {
      throw new IOException("the answer's Content-Length is no number", e);
    }
  }

  private static byte[] chunks(byte[] octets, int from) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    int at = from;
    while (true) {
      int end = at;
      while (end < octets.length && octets[end] != '\r' && octets[end] != ';') {
        end++;
      }
      int size;
      try {
        size =
            Integer.parseInt(
                new String(octets, at, end - at, StandardCharsets.ISO_8859_1).strip(), 16);
      } catch (NumberFormatException e) {
        throw new IOException("a chunk of the answer has no size", e);
      }
      while (end < octets.length && octets[end] != '\n') {
        end++;
      }
      if (size == 0) {
        return body.toByteArray();
      }
      if (size < 0 || size > octets.length - end - 1) {
        throw new IOException("the answer's body is cut off");
      }
      body.write(octets, end + 1, size);
      at = end + 1 + size + 2;
    }
  }
}
