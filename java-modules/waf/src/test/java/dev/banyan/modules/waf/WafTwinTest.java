package dev.banyan.modules.waf;

import dev.banyan.testkit.Twin;
import dev.banyan.testkit.Twins;

final class WafTwinTest {
  @Twin(value = "waf", port = Waf.class)
  void doesWhatLuaDoes(Twins twins) {
    twins.check();
  }
}
