package dev.banyan.gateway.seam;

import dev.banyan.api.Headers;
import dev.banyan.api.Http;
import dev.banyan.api.Tcp;
import dev.banyan.host.HttpAnswers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Owned by one call: HTTP/1.0 over a connection of its own, parking the request while it waits. */
final class SocketHttp implements Http {
  private static final int MAX_ANSWER = 8 << 20;
  private static final int PIECE = 64 << 10;

  private final Tcp tcp;

  /** Connects by these. */
  SocketHttp(Tcp tcp) {
    this.tcp = tcp;
  }

  @Override
  public Answer send(Call http) throws IOException {
    try (Tcp.Connection connection = tcp.connect(http.host(), http.port(), http.timeout())) {
      connection.send(request(http));
      if (http.body().length > 0) {
        connection.send(http.body());
      }
      ByteArrayOutputStream answer = new ByteArrayOutputStream();
      byte[] piece = connection.receive(PIECE);
      while (piece.length > 0) {
        answer.writeBytes(piece);
        if (answer.size() > MAX_ANSWER) {
          throw new IOException("the answer is larger than " + MAX_ANSWER + " octets");
        }
        piece = connection.receive(PIECE);
      }
      return HttpAnswers.parse(answer.toByteArray());
    }
  }

  private static byte[] request(Call http) {
    StringBuilder head =
        new StringBuilder(http.method())
            .append(' ')
            .append(http.target())
            .append(" HTTP/1.0\r\nHost: ")
            .append(http.host())
            .append("\r\nConnection: close\r\n");
    Headers headers = http.headers();
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    if (http.body().length > 0) {
      head.append("Content-Length: ").append(http.body().length).append("\r\n");
    }
    return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
  }
}
