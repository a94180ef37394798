package dev.banyan.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import java.time.Duration;

/**
 * How connections end that the server ends, named after nginx's directives.
 *
 * @param lingering lingering_close: when what still comes is read before a connection is closed
 * @param lingeringTimeout lingering_timeout: between two pieces of what nobody wants
 * @param lingeringTime lingering_time: how long such is read and discarded at all
 * @param resetTimedOut reset_timedout_connection: whether a connection whose client was too slow is
 *     reset, so that the system keeps nothing of it
 */
public record Closing(
    Lingering lingering, Duration lingeringTimeout, Duration lingeringTime, boolean resetTimedOut) {
  /** nginx's defaults. */
  public static final Closing DEFAULT =
      new Closing(Lingering.ON, Duration.ofSeconds(5), Duration.ofSeconds(30), false);

  /** When a connection lingers. */
  public enum Lingering {
    /** Never: what the client has yet to take may be lost. */
    OFF,
    /** Where the client may still be sending. */
    ON,
    ALWAYS
  }

  /** Whether a connection lingers whose client {@code maySend}. */
  boolean lingers(boolean maySend) {
    return lingering == Lingering.ALWAYS || (lingering == Lingering.ON && maySend);
  }

  /** A client was too slow: its connection is about to be closed. */
  void timedOut(Channel channel) {
    if (resetTimedOut) {
      reset(channel);
    }
  }

  /** Has the connection's close be a reset (socket(7), SO_LINGER). */
  static void reset(Channel channel) {
    channel.config().setOption(ChannelOption.SO_LINGER, 0);
  }
}
