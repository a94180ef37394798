package dev.banyan.gateway;

import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Keeps what a WebSocket hears: texts once they are whole, and how it was closed. */
class Heard implements WebSocket.Listener {
  private static final int WAIT_SECONDS = 10;

  private final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
  private final StringBuilder text = new StringBuilder();

  /** Keeps one more. */
  final void add(String heard) {
    texts.add(heard);
  }

  /** The next that was heard or will be; null when nothing comes for long. */
  final @Nullable String next() throws InterruptedException {
    return texts.poll(WAIT_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
    text.append(data);
    if (last) {
      add(text.toString());
      text.setLength(0);
    }
    socket.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
    add("closed " + status);
    return null;
  }
}
