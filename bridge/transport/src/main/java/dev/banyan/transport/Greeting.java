package dev.banyan.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import io.netty.handler.codec.haproxy.HAProxyProxiedProtocol;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.net.InetSocketAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Owned by its channel's loop: a connection before its first request. Takes the PROXY protocol
 * header and the TLS handshake, finds out which HTTP it is, and then makes room for that.
 */
final class Greeting extends ChannelInboundHandlerAdapter implements ClientConnection {

  private static final int HANDSHAKE = 0x16;
  private static final int SSL_2 = 0x80;

  private final Acceptor acceptor;
  private final ListenerOptions options;
  private final @Nullable TlsContexts tls;
  private final WorkerLoop loop;
  private final long id;
  private final IdleTimer timer;
  private ChannelHandlerContext context;
  private HttpExchange.@Nullable ProxiedAddress proxied;
  private @Nullable ByteBuf first;
  private @Nullable HelloHandler handshake;
  private final ServerHello answer = new ServerHello();
  private boolean begun;
  private boolean undecided;
  private boolean plainToTls;
  private boolean leaving;

  @SuppressWarnings("NullAway.Init") // the context arrives with handlerAdded, before any event
  Greeting(Acceptor acceptor, Acceptor.Terms terms, WorkerLoop loop, long id) {
    this.acceptor = acceptor;
    this.options = terms.options();
    this.tls = terms.tls();
    this.loop = loop;
    this.id = id;
    this.timer = new IdleTimer(loop, this::close);
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
    if (ctx.channel().isActive()) {
      begin();
    }
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    begin();
  }

  private void begin() {
    if (begun) {
      return;
    }
    begun = true;
    timer.arm(options.limits().headerTimeout());
    if (options.proxyProtocol()) {
      context.pipeline().addFirst(new HAProxyMessageDecoder());
      context.read();
    } else {
      secure();
    }
  }

  /** After the PROXY header: TLS, or on to HTTP. */
  private void secure() {
    if (tls != null) {
      undecided = true;
      context.read(); // its first octet tells
    } else if (options.http2()) {
      context.read(); // only its first octets tell
    } else {
      speakHttp1(null);
    }
  }

  /** By the first octet, as nginx does: a record of a handshake, or the old hello of SSL 2. */
  private void decide(TlsContexts contexts, ByteBuf data) {
    undecided = false;
    int octet = data.getUnsignedByte(data.readerIndex());
    if (octet != HANDSHAKE && octet < SSL_2) {
      plainToTls = true;
      speakHttp1(null);
      return;
    }
    HelloHandler hello = new HelloHandler(contexts, () -> facts(null));
    handshake = hello;
    first = null;
    context.pipeline().addBefore(context.name(), null, answer);
    context.pipeline().addBefore(context.name(), null, hello);
    ChannelHandlerContext before = context.pipeline().context(answer);
    before.fireChannelRead(data);
    before.fireChannelReadComplete();
  }

  private void speakHttp1(@Nullable TlsFacts facts) {
    Http1Connection connection =
        new Http1Connection(acceptor.handler(), options.limits(), facts(facts));
    become(connection, connection);
  }

  private void speakHttp2(@Nullable TlsFacts facts) {
    Http2Connection connection =
        new Http2Connection(acceptor.handler(), options.limits(), facts(facts));
    Channel channel = context.channel();
    connection.begin(channel);
    become(connection, connection.handlers());
  }

  private ConnectionFacts facts(@Nullable TlsFacts facts) {
    return ConnectionFacts.of(context.channel(), loop, id, plainToTls, facts, proxied);
  }

  private void become(ClientConnection connection, ChannelHandler... handlers) {
    timer.stop();
    acceptor.track(context.channel(), connection);
    acceptor.untrack(this);
    ByteBuf received = first;
    first = null;
    String before = context.name();
    for (ChannelHandler handler : handlers) {
      context.pipeline().addAfter(before, null, handler);
      before = context.pipeline().context(handler).name();
    }
    if (received != null) {
      context.fireChannelRead(received);
      context.fireChannelReadComplete();
    }
    context.pipeline().remove(this);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (message instanceof HAProxyMessage header) {
      proxied = addresses(header);
      header.release();
      secure();
    } else if (message instanceof ByteBuf data) {
      if (leaving) {
        timer.arm(options.limits().headerTimeout());
      }
      ByteBuf before = first;
      first = before == null ? data : Buffers.append(ctx.alloc(), before, data);
    } else {
      ctx.fireChannelRead(message);
    }
  }

  private static HttpExchange.@Nullable ProxiedAddress addresses(HAProxyMessage header) {
    HAProxyProxiedProtocol protocol = header.proxiedProtocol();
    boolean inet =
        protocol == HAProxyProxiedProtocol.TCP4 || protocol == HAProxyProxiedProtocol.TCP6;
    if (!inet) {
      return null;
    }
    return new HttpExchange.ProxiedAddress(
        new InetSocketAddress(header.sourceAddress(), header.sourcePort()),
        new InetSocketAddress(header.destinationAddress(), header.destinationPort()));
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    ByteBuf data = first;
    if (data == null) {
      if (ctx.channel().isActive()) {
        ctx.read();
      }
      return;
    }
    TlsContexts contexts = tls;
    if (contexts != null && undecided) {
      decide(contexts, data);
      return;
    }
    switch (Http2Preface.match(data)) {
      case YES -> speakHttp2(null);
      case NO -> speakHttp1(null);
      case MAYBE -> ctx.read();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof SslHandshakeCompletionEvent completion) {
      if (completion.isSuccess()) {
        secured();
      } else {
        close();
      }
    } else if (event instanceof ChannelInputShutdownEvent) {
      close();
    }
    ctx.fireUserEventTriggered(event);
  }

  private void secured() {
    SslHandler handler = context.pipeline().get(SslHandler.class);
    HelloHandler hello = Objects.requireNonNull(handshake, "TLS begins with a hello");
    TlsFacts facts =
        TlsFacts.of(handler.engine().getSession(), hello, answer, handler.applicationProtocol());
    context.pipeline().remove(answer);
    if ("h2".equals(handler.applicationProtocol())) {
      speakHttp2(facts);
    } else {
      speakHttp1(facts);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    timer.stop();
    ByteBuf data = first;
    first = null;
    if (data != null) {
      data.release();
    }
    ctx.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    close();
  }

  @Override
  public WorkerLoop loop() {
    return loop;
  }

  /** It goes on to what its client came for, which hears of it. */
  @Override
  public void leave() {
    if (first == null && handshake == null) {
      leaving = true;
      timer.arm(LEAVING_IDLE);
    }
  }

  @Override
  public void stopGracefully() {
    close();
  }

  @Override
  public void close() {
    timer.stop();
    context.close();
  }
}
