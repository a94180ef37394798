package dev.banyan.gateway;

import dev.banyan.api.Headers;
import dev.banyan.transport.Chunk;
import java.io.ByteArrayOutputStream;
import java.time.Duration;

/** Owned by its request's loop: keeps a subrequest's response in memory. */
final class CaptureSink implements Sink {
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private final boolean keepBody;
  private boolean aborted;

  /** With {@code keepBody} false only the head counts: {@code auth_request}, {@code mirror}. */
  CaptureSink(boolean keepBody) {
    this.keepBody = keepBody;
  }

  byte[] body() {
    return body.toByteArray();
  }

  /** Whether the response broke off. */
  boolean aborted() {
    return aborted;
  }

  @Override
  public void head(int status, String reason, WireHead head) {
    // the response's own fields are what the parent reads
  }

  @Override
  public void write(Chunk piece) {
    if (keepBody) {
      body.writeBytes(piece.bytes());
    } else {
      piece.discard();
    }
  }

  @Override
  public void flush() {
    // nothing waits
  }

  @Override
  public void awaitSent() {
    // memory has it
  }

  @Override
  public void awaitWritable(Duration timeout, boolean drained) {
    // memory takes it at once
  }

  @Override
  public void end(Headers trailers) {
    // complete
  }

  @Override
  public boolean pageless() {
    return keepBody;
  }

  @Override
  public void abort() {
    aborted = true;
  }
}
