package dev.banyan.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelException;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class SystemErrorsTest {
  @Test
  void whatTheSystemSaidIsFoundBelowWhatNettyMadeOfIt() {
    IOException system = new IOException("newSocketStream(..) failed: Too many open files");
    ChannelException wrapped = new ChannelException("Unable to create Channel", system);
    assertThat(SystemErrors.phrase(wrapped)).isEqualTo("too many open files");
  }

  @Test
  void whatNobodyKnowsIsToldInItsOwnWords() {
    ChannelException strange = new ChannelException("strange", new IOException("and stranger"));
    assertThat(SystemErrors.phrase(strange)).isEqualTo("strange");
  }
}
