package dev.banyan.gateway.seam;

import dev.banyan.api.Headers;
import dev.banyan.api.Http;
import dev.banyan.api.Journal;
import dev.banyan.host.CallGuards;
import dev.banyan.host.HttpAnswers;
import dev.banyan.lua.ngx.NgxFailure;
import dev.banyan.lua.ngx.StreamSocket;
import dev.banyan.lua.seam.SeamCall;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** Owned by one call: HTTP/1.0 over a cosocket of its own, parking the request while it waits. */
final class SocketHttp implements Http {
  private static final int MAX_ANSWER = 8 << 20;

  private final SeamCall call;

  private final CallGuards.Guarded guarded;
  private final Runnable sent;

  /**
   * @param sent told before the first octet goes out
   */
  SocketHttp(SeamCall call, CallGuards.Guarded guarded, Runnable sent) {
    this.call = call;
    this.guarded = guarded;
    this.sent = sent;
  }

  @Override
  public Answer send(Call http) throws IOException {
    byte[] request = request(http);
    byte[] answer;
    guarded.waiting(true);
    try {
      answer = exchange(http, request, timeout(http));
    } catch (NgxFailure e) {
      throw new IOException(http.host() + ":" + http.port() + ": " + e.getMessage(), e);
    } finally {
      guarded.waiting(false);
    }
    call.noteTraffic(new Journal.Entry.Traffic(http.host(), http.port(), request, answer));
    return HttpAnswers.parse(answer);
  }

  /** The call's own limit, or what is left of the port's deadline. */
  private Duration timeout(Call http) throws IOException {
    Duration left = guarded.left();
    if (left.isZero()) {
      throw new IOException("the call's deadline is over");
    }
    return left.compareTo(http.timeout()) < 0 ? left : http.timeout();
  }

  private byte[] exchange(Call http, byte[] request, Duration timeout) throws IOException {
    StreamSocket socket =
        call.request()
            .worker()
            .connectTcp(
                http.host(), http.port(), null, http.host() + ":" + http.port(), 0, -1, timeout);
    try {
      sent.run();
      socket.send(List.of(request, http.body()), timeout);
      ByteArrayOutputStream answer = new ByteArrayOutputStream();
      do {
        answer.writeBytes(socket.take(socket.available()));
        if (answer.size() > MAX_ANSWER) {
          throw new IOException("the answer is larger than " + MAX_ANSWER + " octets");
        }
      } while (socket.fill(timeout));
      answer.writeBytes(socket.take(socket.available()));
      return answer.toByteArray();
    } finally {
      socket.close();
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
