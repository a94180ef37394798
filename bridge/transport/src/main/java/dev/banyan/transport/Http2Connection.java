package dev.banyan.transport;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;

final class Http2Connection implements ClientConnection {
  private final ConnectionFacts facts;

  Http2Connection(ExchangeHandler handler, ListenerLimits limits, ConnectionFacts facts) {
    this.facts = facts;
  }

  ChannelHandler codec() {
    return new ChannelInboundHandlerAdapter();
  }

  void begin() {}

  @Override
  public WorkerLoop loop() {
    return facts.loop();
  }

  @Override
  public void stopGracefully() {}

  @Override
  public void close() {}
}
