package dev.banyan.gateway;

import dev.banyan.api.Headers;
import dev.banyan.transport.Chunk;
import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Owned by its request's loop: a subrequest's answer becomes a text, which is a short one, unless
 * it tells of an error or of another place.
 */
final class VariableSink extends MemorySink {
  private final Consumer<String> taker;
  private final ByteArrayOutputStream octets = new ByteArrayOutputStream();
  private @Nullable Request sub;
  private long most = Long.MAX_VALUE;
  private boolean answered;

  VariableSink(Consumer<String> taker) {
    this.taker = taker;
  }

  /** Names the subrequest, whose location bounds its answer. */
  void of(Request request) {
    sub = request;
  }

  @Override
  public void head(int status, String statusLine, WireHead head) {
    if (sub != null) {
      most = sub.location().core().subrequestOutputBufferSize();
    }
    String length = head.fields().first("Content-Length");
    if (length != null) { // nginx takes no more memory, whatever its filters make of the answer
      long announced = Octets.decimal(length);
      most = announced > most ? 0 : announced;
    }
    answered = status >= HttpStatus.OK && status < HttpStatus.SPECIAL_RESPONSE;
  }

  @Override
  public void write(Chunk piece) {
    if (octets.size() + piece.length() > most) {
      piece.discard();
      if (sub != null) {
        sub.log(ErrorLog.ERROR, "too big subrequest response");
      }
      throw new ResponseAborted(-1);
    }
    octets.writeBytes(piece.bytes());
  }

  @Override
  public void end(Headers trailers) {
    if (answered) {
      taker.accept(Octets.string(octets.toByteArray()));
    }
  }

  @Override
  public void abort() {
    // what broke the subrequest ends its parent
  }
}
