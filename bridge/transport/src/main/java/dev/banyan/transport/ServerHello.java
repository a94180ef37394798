package dev.banyan.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import java.util.Arrays;

/**
 * Owned by its connection's loop: listens to the server's first messages of a TLS handshake, which
 * are in the clear and say what the JDK tells nobody: whether a session is resumed, and the group.
 */
final class ServerHello extends ChannelOutboundHandlerAdapter {
  private static final int HANDSHAKE = 0x16;
  private static final int RECORD_HEAD = 5;
  private static final int SERVER_HELLO = 2;
  private static final int SERVER_KEY_EXCHANGE = 12;
  private static final int NAMED_CURVE = 3;
  private static final int KEY_SHARE = 51;
  private static final int PRE_SHARED_KEY = 41;
  private static final int SUPPORTED_VERSIONS = 43;
  private static final int MOST = 32_768;

  private byte[] messages = {};
  private boolean over;
  private byte[] session = {};
  private int group;
  private boolean newest;
  private boolean shared;

  /** The negotiated group's number, 0 for none. */
  int group() {
    return group;
  }

  /** Whether the session is one that the client brought, under this identity before TLS 1.3. */
  boolean resumes(byte[] brought) {
    return newest ? shared : brought.length > 0 && Arrays.equals(brought, session);
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    if (!over && message instanceof ByteBuf records) {
      listen(records);
    }
    ctx.write(message, promise);
  }

  private void listen(ByteBuf records) {
    int at = records.readerIndex();
    while (!over && records.writerIndex() - at >= RECORD_HEAD) {
      int size = records.getUnsignedShort(at + 3);
      boolean whole = records.writerIndex() - at - RECORD_HEAD >= size;
      if (records.getUnsignedByte(at) != HANDSHAKE || !whole || messages.length > MOST) {
        over = true;
        break;
      }
      int before = messages.length;
      messages = Arrays.copyOf(messages, before + size);
      byte[] content = ByteBufUtil.getBytes(records, at + RECORD_HEAD, size);
      System.arraycopy(content, 0, messages, before, size);
      at += RECORD_HEAD + size;
      read();
    }
    if (over) {
      messages = new byte[0];
    }
  }

  private void read() {
    WireOctets octets = new WireOctets(messages);
    while (!over && octets.left() >= 4) {
      int type = octets.number(1);
      int size = octets.number(3);
      if (octets.left() < size) {
        return;
      }
      WireOctets body = octets.part(size);
      if (type == SERVER_HELLO) {
        hello(body);
      } else if (type == SERVER_KEY_EXCHANGE && body.number(1) == NAMED_CURVE) {
        group = body.number(2);
        over = true;
      }
    }
  }

  private void hello(WireOctets body) {
    body.skip(2 + 32); // version, random
    session = body.part(body.number(1)).rest();
    body.skip(2 + 1); // suite, compression
    WireOctets extensions = body.part(body.number(2));
    boolean retried = newest; // a second hello after the request for another share
    while (extensions.left() >= 4) {
      int type = extensions.number(2);
      WireOctets content = extensions.part(extensions.number(2));
      switch (type) {
        case SUPPORTED_VERSIONS -> newest = true;
        case PRE_SHARED_KEY -> shared = true;
        case KEY_SHARE -> {
          group = content.number(2);
          over = retried || content.left() > 0;
        }
        default -> {} // says nothing that is asked for here
      }
    }
  }
}
