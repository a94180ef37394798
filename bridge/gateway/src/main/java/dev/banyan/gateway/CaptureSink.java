package dev.banyan.gateway;

import dev.banyan.api.Headers;
import dev.banyan.transport.Chunk;
import java.io.ByteArrayOutputStream;

/** Owned by its request's loop: keeps a subrequest's response in memory. */
final class CaptureSink extends MemorySink {
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private final Purpose purpose;
  private boolean aborted;
  private boolean hollow;

  /** What its reader wants of the response. */
  enum Purpose {
    /** The head alone: {@code auth_request}, {@code mirror}. */
    HEAD,
    /** The answer to a program, for which an error's page is none. */
    ANSWER,
    /** What a browser would see. */
    PAGE
  }

  CaptureSink(Purpose purpose) {
    this.purpose = purpose;
  }

  byte[] body() {
    return body.toByteArray();
  }

  /** Whether the response broke off. */
  boolean aborted() {
    return aborted;
  }

  @Override
  public void head(int status, String statusLine, WireHead head) {
    // the response's own fields are what the parent reads
  }

  @Override
  public void write(Chunk piece) {
    if (purpose == Purpose.HEAD) {
      piece.discard();
    } else {
      body.writeBytes(piece.bytes());
    }
  }

  @Override
  public void end(Headers trailers) {
    // complete
  }

  @Override
  public boolean pageless() {
    return purpose == Purpose.ANSWER;
  }

  @Override
  public boolean bodiless() {
    return purpose == Purpose.HEAD;
  }

  /** Whether its end was seen, which nginx's Lua calls truncated otherwise. */
  boolean endSeen() {
    return !aborted && !hollow;
  }

  @Override
  public boolean hollow() {
    hollow = true;
    return true;
  }

  @Override
  public void abort() {
    aborted = true;
  }
}
