package dev.banyan.gateway;

import dev.banyan.nginx.EchoCommand;
import dev.banyan.nginx.EchoSettings;
import dev.banyan.transport.Chunk;
import java.util.List;

/** Owned by its request's loop: {@code echo_before_body} and {@code echo_after_body}. */
final class EchoFilter implements BodyFilter {
  private static final Chunk NOTHING = Chunk.of(new byte[0]);

  private final Request request;
  private final EchoSettings settings;
  private final BodyFilter next;
  private boolean begun;

  EchoFilter(Request request, EchoSettings settings, BodyFilter next) {
    this.request = request;
    this.settings = settings;
    this.next = next;
  }

  static boolean wanted(Request r, EchoSettings settings) {
    return settings.frames()
        && !r.response().sink().pageless(); // a program takes an answer before this filter's turn
  }

  static void prepare(Response response) {
    response.places().forgetLength();
    response.headers().remove("Accept-Ranges");
    response.allowRanges(false);
  }

  @Override
  public void write(Chunk piece, boolean last) {
    if (!begun) {
      begun = true;
      run(settings.before());
    }
    if (!last || settings.after().isEmpty()) {
      next.write(piece, last);
      return;
    }
    next.write(piece, false);
    run(settings.after());
    next.write(NOTHING, true);
  }

  private void run(List<EchoCommand> commands) {
    for (EchoCommand command : commands) {
      String text = EchoHandler.text(command, request);
      if (!text.isEmpty()) {
        next.write(Chunk.of(Octets.bytes(text)), false);
      }
    }
  }

  @Override
  public void flush() {
    next.flush();
  }
}
