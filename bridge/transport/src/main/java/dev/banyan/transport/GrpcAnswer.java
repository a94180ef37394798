package dev.banyan.transport;

import dev.banyan.api.Headers;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Owned by its connection's loop: what a server of gRPC answers. */
final class GrpcAnswer implements GrpcUpstream.Answer, BodySource {
  private static final int HTTP_2 = 20;

  private final GrpcConnection connection;
  private final GrpcInput input;
  private final GrpcHead head;
  private final Headers trailers = new Headers();
  private final long headOctets;
  private final long length;
  private final boolean headAlone;
  private long left;
  private @Nullable TransportException failure;
  private boolean begun;
  private boolean over;
  private boolean released;

  GrpcAnswer(GrpcConnection connection, GrpcHead head, boolean headRequest) {
    this.connection = connection;
    this.input = connection.input();
    this.head = head;
    this.headAlone = input.ends();
    int lengths = AnswerHead.count(head.fields(), AnswerHead.CONTENT_LENGTH);
    long announced = lengths == 0 ? -1 : AnswerHead.length(head.fields(), lengths, false);
    boolean none = headRequest || head.status() == 204 || head.status() == 304;
    this.length = none ? 0 : announced;
    this.left = length;
    this.headOctets = connection.bytesReceived() - connection.buffered().size();
  }

  @Override
  public int status() {
    return head.status();
  }

  @Override
  public String statusLine() {
    return "";
  }

  @Override
  public int version() {
    return HTTP_2;
  }

  @Override
  public Headers headers() {
    return head.fields();
  }

  @Override
  public boolean headAlone() {
    return headAlone;
  }

  @Override
  public Headers trailers() {
    return trailers;
  }

  @Override
  public BodySource body() {
    return this;
  }

  @Override
  public @Nullable RawSocket upgraded() {
    return null;
  }

  @Override
  public long behindHead() {
    return begun ? connection.bytesReceived() - headOctets : 0;
  }

  /** All that has come: what nginx reads at once is passed on only when nothing of it is wrong. */
  @Override
  public @Nullable Chunk read(Duration timeout) {
    begun = true;
    if (failure != null) {
      throw failure;
    }
    over |= headAlone; // what else has come nginx doesn't look at
    ByteArrayOutputStream some = new ByteArrayOutputStream();
    while (!over) {
      GrpcInput.Found found = some.size() == 0 ? connection.await(timeout, false) : input.look();
      switch (found) {
        case DATA -> some.writeBytes(counted(input.takeData()));
        case FIELDS -> takeTrailers();
        case END -> end(timeout);
        case NONE -> {
          return Chunk.of(some.toByteArray());
        }
      }
    }
    return some.size() == 0 ? null : Chunk.of(some.toByteArray());
  }

  private byte[] counted(byte[] octets) {
    if (left >= 0) {
      if (octets.length > left) {
        throw GrpcInput.broken("upstream sent response body larger than indicated content length");
      }
      left -= octets.length;
    }
    return octets;
  }

  private void takeTrailers() {
    Headers fields =
        GrpcHead.trailers(connection.decode(input.takeBlock()), connection.headLimit());
    fields.forEach(trailers::add);
    if (!input.ends()) {
      throw GrpcInput.broken("upstream sent trailer without end stream flag");
    }
    input.finish();
  }

  private void end(Duration timeout) {
    if (left > 0) {
      throw GrpcInput.broken("upstream prematurely closed stream");
    }
    over = true;
    connection.settle(timeout);
  }

  @Override
  public boolean ready() {
    if (failure != null || over || headAlone) {
      return true;
    }
    try {
      return input.look() != GrpcInput.Found.NONE;
    } catch (TransportException e) {
      failure = e;
      return true;
    }
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public void release() {
    if (released) {
      return;
    }
    released = true;
    if (over) {
      connection.release();
    } else {
      connection.close();
    }
  }
}
