package dev.banyan.modules.waf;

import dev.banyan.testkit.Replay;
import dev.banyan.testkit.ReplayedVector;

final class WafReplayTest {
  @Replay(value = "waf", port = Waf.class)
  void doesWhatLuaDid(ReplayedVector vector) {
    vector.check();
  }
}
